package io.carillon.mqtt.codec;

import io.carillon.mqtt.packet.MessageProperties;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Packets as text with all they hold, arrays too: what is the same reads the same. */
final class PacketText {
    private PacketText() {}

    static String of(Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case int[] numbers -> Arrays.toString(numbers);
            case List<?> list ->
                    list.stream().map(PacketText::of).collect(Collectors.joining(", ", "[", "]"));
            case MessageProperties properties -> HexFormat.of().formatHex(properties.encoded());
            case Record record -> ofRecord(record);
            default -> value.toString();
        };
    }

    private static String ofRecord(Record record) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + of(read(component, record)))
                .collect(Collectors.joining(", ", record.getClass().getSimpleName() + "[", "]"));
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }
}
