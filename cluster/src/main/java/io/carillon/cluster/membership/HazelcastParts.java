package io.carillon.cluster.membership;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.carillon.cluster.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parts of a shared map: a distributed map for each node, named after it. */
final class HazelcastParts implements PartStores {
    /** What the names of all of them begin with. */
    static final String PREFIX = "carillon:";

    private final HazelcastInstance hazelcast;
    private final String prefix;

    HazelcastParts(HazelcastInstance hazelcast, String map) {
        this.hazelcast = hazelcast;
        this.prefix = PREFIX + map + ":";
    }

    @Override
    public HazelcastPart of(NodeId owner) {
        return new HazelcastPart(
                () -> hazelcast.getMap(prefix + owner.name()), this::partitionKeys);
    }

    @Override
    public Set<NodeId> owners() {
        Set<NodeId> owners = new HashSet<>();
        try {
            for (DistributedObject each : hazelcast.getDistributedObjects()) {
                if (each instanceof IMap && each.getName().startsWith(prefix)) {
                    owners.add(new NodeId(each.getName().substring(prefix.length())));
                }
            }
        } catch (HazelcastInstanceNotActiveException e) {
            return Set.of(); // stopped: nobody is left to ask for
        }
        return owners;
    }

    @Override
    public void watch(NodeId owner, Runnable lost) {
        of(owner).watch(lost);
    }

    /** A key of each partition, so that a map can be read partition by partition. */
    private List<String> partitionKeys() {
        PartitionService partitions = hazelcast.getPartitionService();
        String[] keys = new String[partitions.getPartitions().size()];
        int missing = keys.length;
        for (int i = 0; missing > 0; i++) {
            String key = Integer.toString(i);
            int partition = partitions.getPartition(key).getPartitionId();
            if (keys[partition] == null) {
                keys[partition] = key;
                missing--;
            }
        }
        return List.of(keys);
    }
}
