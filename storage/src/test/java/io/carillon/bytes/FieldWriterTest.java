package io.carillon.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read. */
final class FieldWriterTest {

    /** However small it begins, it grows. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 64, 4_096})
    void readsWhatWasWritten(int expectedBytes) {
        byte[] bytes =
                new FieldWriter(expectedBytes)
                        .putByte(200)
                        .putFlag(true)
                        .putNumber(5)
                        .putNumber(Long.MIN_VALUE)
                        .putText("größer")
                        .putOptionalText(null)
                        .putOptionalText("")
                        .putBytes(new byte[300])
                        .putRest(new byte[] {1, 2})
                        .toBytes();
        FieldReader in = new FieldReader(bytes, IllegalStateException::new);
        assertEquals(200, in.getByte());
        assertTrue(in.getFlag());
        assertEquals(5, in.getNumber());
        assertEquals(Long.MIN_VALUE, in.getNumber());
        assertEquals("größer", in.getText());
        assertNull(in.getOptionalText());
        assertEquals("", in.getOptionalText());
        assertArrayEquals(new byte[300], in.getBytes());
        assertArrayEquals(new byte[] {1, 2}, in.getRest());
        assertTrue(in.atEnd());
        assertThrows(IllegalStateException.class, in::getByte);
    }

    @Test
    void putsTheHighestByteFirst() {
        FieldWriter out = new FieldWriter(1).putInt(0).putLong(0x1112131415161718L).putInt(-2);
        assertEquals(16, out.length());
        out.patchInt(0, 0x01020304);
        assertArrayEquals(
                new byte[] {
                    1, 2, 3, 4, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, -1, -1, -1, -2
                },
                out.toBytes());
    }

    @Test
    void numbersOfAnySize() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            byte[] bytes = new FieldWriter(1).putNumber(number).toBytes();
            assertEquals(number, new FieldReader(bytes, IllegalStateException::new).getNumber());
        }
    }
}
