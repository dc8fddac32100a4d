package io.carillon.net.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what a WebSocket's client receives; who asks for it waits at most ten seconds. */
final class WebSocketRecorder implements WebSocket.Listener {
    private static final long WAIT_SECONDS = 10;

    private final BlockingQueue<String> binary = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        binary.add(US_ASCII.decode(data).toString());
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
        pongs.add(US_ASCII.decode(data).toString());
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.completeExceptionally(error);
    }

    /** So many bytes of binary frames, as text. */
    String text(int length) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(binary.poll(WAIT_SECONDS, TimeUnit.SECONDS));
        }
        return text.toString();
    }

    @Nullable String pong() throws InterruptedException {
        return pongs.poll(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    int closeCode() throws Exception {
        return closed.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
