package io.carillon.net.listen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of PEM blocks: base64 between {@code -----BEGIN LABEL-----} and {@code -----END
 * LABEL-----}.
 */
record PemFile(Path path, List<Block> blocks) {
    private static final long FILE_BYTES_MAX = 4 << 20;
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]{1,60})-----([^-]*(?:-(?!----END)[^-]*)*)-----END \\1-----");

    /** One block: its label, such as {@code PRIVATE KEY}, and its bytes. */
    record Block(String label, byte[] der) {}

    /**
     * Reads a file.
     *
     * @throws TlsException if it cannot be read or holds no block
     */
    static PemFile read(Path path) throws TlsException {
        String text = text(path);
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2).contains("ENCRYPTED")) {
                throw new TlsException(
                        path
                                + " is encrypted in an old way; convert it with"
                                + " `openssl pkcs8 -topk8 -in FILE -out NEW` and set"
                                + " tls.privateKeyPassword of the listener");
            }
            blocks.add(new Block(matcher.group(1), decode(path, matcher.group(2))));
        }
        if (blocks.isEmpty()) {
            throw new TlsException(path + " is not a PEM file: it has no line -----BEGIN ...-----");
        }
        return new PemFile(path, List.copyOf(blocks));
    }

    private static String text(Path path) throws TlsException {
        try {
            if (Files.size(path) > FILE_BYTES_MAX) {
                throw new TlsException(path + " is larger than 4 MiB: it is not a PEM file");
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new TlsException("there is no file " + path, e);
        } catch (AccessDeniedException e) {
            throw new TlsException("the broker may not read " + path, e);
        } catch (IOException e) {
            throw new TlsException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] decode(Path path, String body) throws TlsException {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new TlsException(path + " is damaged: " + e.getMessage(), e);
        }
    }
}
