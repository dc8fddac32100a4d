package io.carillon.net.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys in the forms that people have them in. */
final class PrivateKeysTest {
    private static final AlgorithmParameterSpec RSA =
            new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);

    @TempDir Path folder;

    @Test
    void readsEachKindInPkcs8() throws Exception {
        assertReads(generate("RSA", RSA));
        assertReads(generate("EC", new ECGenParameterSpec("secp256r1")));
        assertReads(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    }

    @Test
    void readsRsaInItsOwnForm() throws Exception {
        PrivateKey key = generate("RSA", RSA);
        assertEquals(key, read(pem("RSA PRIVATE KEY", inner(key)), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void readsEcInItsOwnFormBehindItsParameters(String curve) throws Exception {
        ECPrivateKey key = (ECPrivateKey) generate("EC", new ECGenParameterSpec(curve));
        String parameters = pem("EC PARAMETERS", new byte[] {5, 0});
        // The inner key of PKCS #8 leaves the curve out, openssl's own form names it.
        byte[] named =
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                                key.getParams().getOrder().bitLength(),
                                key.getS(),
                                PrivateKeyInfo.getInstance(key.getEncoded())
                                        .getPrivateKeyAlgorithm()
                                        .getParameters())
                        .getEncoded();
        ECPrivateKey read =
                (ECPrivateKey) read(parameters + pem("EC PRIVATE KEY", named), Optional.empty());
        assertEquals(key.getS(), read.getS());
        assertEquals(key.getParams().getCurve(), read.getParams().getCurve());
    }

    @Test
    void anEcKeyWithoutACurveIsExplained() throws Exception {
        PrivateKey key = generate("EC", new ECGenParameterSpec("secp256r1"));
        assertFails(
                pem("EC PRIVATE KEY", inner(key)), "holds an EC key that does not name its curve");
    }

    @Test
    void decryptsWithThePassword() throws Exception {
        PrivateKey key = generate("EC", new ECGenParameterSpec("secp256r1"));
        String pem = pem("ENCRYPTED PRIVATE KEY", encrypt(key, "sesame"));
        assertEquals(key, read(pem, Optional.of("sesame")));
        assertThrows(TlsException.class, () -> read(pem, Optional.of("wrong")));
        assertFails(pem, "is encrypted: set tls.privateKeyPassword of the listener");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                 | is not a PEM file",
                "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE----- | holds no private key",
                "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY----- | or a damaged one",
                "-----BEGIN PRIVATE KEY-----A-----END PRIVATE KEY----- | is damaged",
                "-----BEGIN RSA PRIVATE KEY-----Proc-Type: 4,ENCRYPTED-----END RSA PRIVATE KEY-----"
                        + " | is encrypted in an old way",
            })
    void whatIsNoKeyIsExplained(String text, String cause) throws IOException {
        assertFails(text, cause);
    }

    @Test
    void aMissingFileIsNamed() {
        Path absent = folder.resolve("absent.key");
        TlsException error = assertThrows(TlsException.class, () -> PemFile.read(absent));
        assertEquals("there is no file " + absent, error.getMessage());
    }

    private void assertReads(PrivateKey key) throws Exception {
        assertEquals(key, read(pem("PRIVATE KEY", key.getEncoded()), Optional.empty()));
    }

    private void assertFails(String text, String cause) {
        TlsException error = assertThrows(TlsException.class, () -> read(text, Optional.empty()));
        assertTrue(error.getMessage().contains(cause), error.getMessage());
    }

    private PrivateKey read(String text, Optional<String> password)
            throws IOException, TlsException {
        Path file = Files.writeString(folder.resolve("key.pem"), text);
        return PrivateKeys.read(PemFile.read(file), password);
    }

    private static PrivateKey generate(String algorithm, AlgorithmParameterSpec parameters)
            throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        return generator.generateKeyPair().getPrivate();
    }

    /** The key in its kind's own form, out of PKCS #8. */
    private static byte[] inner(PrivateKey key) {
        return PrivateKeyInfo.getInstance(key.getEncoded()).getPrivateKey().getOctets();
    }

    private static byte[] encrypt(PrivateKey key, String password) throws Exception {
        String algorithm = "PBEWithHmacSHA256AndAES_256";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(password.toCharArray())),
                new PBEParameterSpec(new byte[16], 1_000));
        byte[] parameters = cipher.getParameters().getEncoded();
        return new EncryptedPrivateKeyInfo(
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.id_PBES2,
                                ASN1Primitive.fromByteArray(parameters)),
                        cipher.doFinal(key.getEncoded()))
                .getEncoded();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }
}
