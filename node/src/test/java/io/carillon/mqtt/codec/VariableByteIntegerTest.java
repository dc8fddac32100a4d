package io.carillon.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableByteIntegerTest {
    /** [MQTT-1.5.5-1] the standard's own table of bounds. */
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, 8001",
        "16383, ff7f",
        "16384, 808001",
        "2097151, ffff7f",
        "2097152, 80808001",
        "268435455, ffffff7f"
    })
    void aValueTakesTheFewestBytes(int value, String hex) {
        ByteBuf out = Unpooled.buffer();
        VariableByteInteger.write(value, out);
        assertEquals(hex, ByteBufUtil.hexDump(out));
        assertEquals(hex.length() / 2, VariableByteInteger.bytes(value));
    }
}
