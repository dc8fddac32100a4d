package io.carillon.shard;

import io.carillon.loop.AnyThread;
import io.carillon.loop.Loop;
import io.carillon.mqtt.packet.ReasonCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A run of publications from one sender to one shard, in their order. Once one of them is sent to
 * another leader ({@code USE_ANOTHER_SERVER}), so are all behind it, also if this node leads again
 * by then: nothing overtakes. Whoever is told so goes on with a new passage and everything that is
 * not answered, from the first.
 */
@AnyThread
public final class Passage {
    private volatile boolean broken;

    /** Lets nothing through any more: something that belongs in front was sent elsewhere. */
    public void breakOff() {
        broken = true;
    }

    /** True if nothing gets through any more. */
    public boolean isBroken() {
        return broken;
    }

    /** Runs a command on the shard's loop, with a receipt that breaks the passage if need be. */
    void take(Loop loop, @Nullable Receipt receipt, Consumer<Receipt> command) {
        Receipt watched = watched(receipt);
        loop.execute(
                () -> {
                    if (broken) {
                        watched.done(ReasonCode.USE_ANOTHER_SERVER);
                    } else {
                        command.accept(watched);
                    }
                });
    }

    private Receipt watched(@Nullable Receipt receipt) {
        return outcome -> {
            if (outcome == ReasonCode.USE_ANOTHER_SERVER) {
                breakOff();
            }
            if (receipt != null) {
                receipt.done(outcome);
            }
        };
    }
}
