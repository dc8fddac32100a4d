package io.carillon.cluster.membership;

import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.nio.MemberSocketInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Starts a member of Hazelcast's that asks the interceptor of sockets which it is configured with:
 * the community edition takes one and does not ask it. What that needs is inner to Hazelcast, and
 * used nowhere else.
 */
final class Launch extends DefaultNodeContext {
    private Launch() {}

    /** Blocks for some seconds. */
    static HazelcastInstance member(Config config) {
        return HazelcastInstanceFactory.newHazelcastInstance(
                config, config.getInstanceName(), new Launch());
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new Extension(node);
    }

    private static final class Extension extends DefaultNodeExtension {
        Extension(Node node) {
            super(node);
        }

        @Override
        public @Nullable MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
            EndpointConfig config =
                    node.getConfig().getAdvancedNetworkConfig().getEndpointConfigs().get(endpoint);
            return config != null
                            && config.getSocketInterceptorConfig().getImplementation()
                                    instanceof MemberSocketInterceptor interceptor
                    ? interceptor
                    : null;
        }
    }
}
