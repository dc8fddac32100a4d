package io.carillon.cluster.membership;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.net.Socket;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only nodes of this cluster talk to this member. Both sides of a connection greet each other
 * before Hazelcast hears of it; of two clusters neither lets the other in, and both say why.
 * Hazelcast would keep them apart by its own means, but can say on neither side who is meant.
 *
 * <p>Threads of Hazelcast's that may block.
 */
final class Doorkeeper implements MemberSocketInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    /** The other side answers at once, or is no node. */
    private static final int GREETING_MILLIS_MAX = 2_000;

    private final Greeting own;
    private final Seldom seldom = new Seldom(System::nanoTime);

    Doorkeeper(Greeting own) {
        this.own = own;
    }

    @Override
    public void init(Properties properties) {}

    @Override
    public void onConnect(Socket socket) throws IOException {
        meet(socket);
    }

    @Override
    public void onAccept(Socket socket) throws IOException {
        meet(socket);
    }

    private void meet(Socket socket) throws IOException {
        String remote = String.valueOf(socket.getRemoteSocketAddress());
        int timeoutMillis = socket.getSoTimeout();
        try {
            socket.setSoTimeout(GREETING_MILLIS_MAX);
            own.write(socket.getOutputStream());
            judge(Greeting.read(socket.getInputStream()));
            socket.setSoTimeout(timeoutMillis);
        } catch (StreamCorruptedException e) {
            say(
                    ("what connects from %s to this node's cluster.bind %s is refused: %s; let only"
                                    + " nodes know that address")
                            .formatted(remote, own.member(), e.getMessage()));
            throw e;
        }
    }

    private void judge(Greeting other) throws IOException {
        if (other.belongsTo(own)) {
            return;
        }
        say(
                ("node %s at %s belongs to the cluster '%s' and is refused, this node %s at %s"
                                + " belongs to '%s': give both the same cluster.name, or take the"
                                + " address of one out of the cluster.seeds of the other")
                        .formatted(
                                other.node(),
                                other.member(),
                                other.cluster(),
                                own.node(),
                                own.member(),
                                own.cluster()));
        throw new IOException("it is of the cluster '" + other.cluster() + "'");
    }

    private void say(String text) {
        if (seldom.isDue(text)) {
            LOG.warn("{}", text);
        }
    }
}
