package io.carillon.net.listen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads a private key in any of the usual PEM forms: PKCS #8 ({@code PRIVATE KEY}, or encrypted),
 * PKCS #1 ({@code RSA PRIVATE KEY}) and SEC 1 ({@code EC PRIVATE KEY}). Java reads the first only,
 * so the other two are wrapped in it.
 */
final class PrivateKeys {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int CURVE = 0xA0;
    private static final byte[] VERSION_0 = {INTEGER, 1, 0};

    /** The identifier rsaEncryption, 1.2.840.113549.1.1.1, and its empty parameters. */
    private static final byte[] RSA = {
        0x06,
        0x09,
        0x2A,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xF7,
        0x0D,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    /** The identifier ecPublicKey, 1.2.840.10045.2.1; the curve follows it. */
    private static final byte[] EC = {
        0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01
    };

    private PrivateKeys() {}

    /** The first key of the file; the password is for one in encrypted PKCS #8. */
    static PrivateKey read(PemFile file, Optional<String> password) throws TlsException {
        for (PemFile.Block block : file.blocks()) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return parse(file, block.der());
                }
                case "RSA PRIVATE KEY" -> {
                    return parse(file, wrap(RSA, block.der()));
                }
                case "EC PRIVATE KEY" -> {
                    return parse(file, wrap(concat(EC, curve(file, block.der())), block.der()));
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    if (password.isEmpty()) {
                        throw new TlsException(
                                file.path()
                                        + " is encrypted: set tls.privateKeyPassword of the listener");
                    }
                    return parse(file, decrypt(file, block.der(), password.get()));
                }
                default -> {} // EC PARAMETERS, or the certificate in the same file
            }
        }
        throw new TlsException(
                file.path()
                        + " holds no private key but "
                        + file.blocks().getFirst().label()
                        + "; are certificate and key mixed up?");
    }

    private static byte[] decrypt(PemFile file, byte[] encrypted, String password)
            throws TlsException {
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            AlgorithmParameters parameters = info.getAlgParameters();
            // PBES2 is a family: the parameters' text is the name of the member.
            String name =
                    info.getAlgName().equals("PBES2") && parameters != null
                            ? parameters.toString()
                            : info.getAlgName();
            SecretKey secret =
                    SecretKeyFactory.getInstance(name)
                            .generateSecret(new PBEKeySpec(password.toCharArray()));
            Cipher cipher = Cipher.getInstance(name);
            cipher.init(Cipher.DECRYPT_MODE, secret, parameters);
            return info.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException(
                    file.path()
                            + " cannot be decrypted: is tls.privateKeyPassword right? ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    private static PrivateKey parse(PemFile file, byte[] pkcs8) throws TlsException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                // Not a key of this kind: the next one.
            }
        }
        throw new TlsException(file.path() + " holds no RSA, EC or Ed25519 key, or a damaged one");
    }

    /** A PKCS #8 key: its version, what kind it is, and the key in that kind's own form. */
    private static byte[] wrap(byte[] kind, byte[] key) {
        return der(
                SEQUENCE, concat(concat(VERSION_0, der(SEQUENCE, kind)), der(OCTET_STRING, key)));
    }

    /** The curve's identifier in a SEC 1 key: version, key, then the curve under tag 0. */
    private static byte[] curve(PemFile file, byte[] sec1) throws TlsException {
        try {
            int at = skipHeader(sec1, 0, SEQUENCE);
            at = skip(sec1, at, INTEGER);
            at = skip(sec1, at, OCTET_STRING);
            int start = skipHeader(sec1, at, CURVE);
            return Arrays.copyOfRange(sec1, start, skip(sec1, at, CURVE));
        } catch (IndexOutOfBoundsException | ArithmeticException | IllegalArgumentException e) {
            throw new TlsException(
                    file.path()
                            + " holds an EC key that does not name its curve; convert it with"
                            + " `openssl pkcs8 -topk8 -nocrypt -in FILE -out NEW`",
                    e);
        }
    }

    private static int skip(byte[] der, int at, int tag) {
        int start = skipHeader(der, at, tag);
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return start + first;
        }
        int length = 0;
        for (int i = at + 2; i < start; i++) {
            length = (length << 8) | (der[i] & 0xFF);
        }
        return Math.addExact(start, length);
    }

    private static int skipHeader(byte[] der, int at, int tag) {
        if ((der[at] & 0xFF) != tag) {
            throw new IndexOutOfBoundsException("no tag " + tag);
        }
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
