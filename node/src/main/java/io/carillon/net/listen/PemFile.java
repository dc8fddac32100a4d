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

/**
 * A file of PEM blocks: base64 between {@code -----BEGIN LABEL-----} and {@code -----END
 * LABEL-----}.
 */
record PemFile(Path path, List<Block> blocks) {
    private static final long FILE_BYTES_MAX = 4 << 20;
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

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
        for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at)) {
            int labelStart = at + BEGIN.length();
            int labelEnd = text.indexOf(DASHES, labelStart);
            if (labelEnd < 0) {
                throw new TlsException(path + " is damaged: a BEGIN line does not end");
            }
            String label = text.substring(labelStart, labelEnd);
            String endLine = "-----END " + label + DASHES;
            int bodyStart = labelEnd + DASHES.length();
            int end = text.indexOf(endLine, bodyStart);
            if (end < 0) {
                throw new TlsException(path + " is damaged: the line " + endLine + " is missing");
            }
            blocks.add(new Block(label, decode(path, text.substring(bodyStart, end))));
            at = end + endLine.length();
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
        if (body.contains("ENCRYPTED")) {
            throw new TlsException(
                    path
                            + " is encrypted in an old way; convert it with"
                            + " `openssl pkcs8 -topk8 -in FILE -out NEW` and set"
                            + " tls.privateKeyPassword of the listener");
        }
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new TlsException(path + " is damaged: " + e.getMessage(), e);
        }
    }
}
