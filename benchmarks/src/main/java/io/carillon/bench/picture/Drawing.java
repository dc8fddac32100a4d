package io.carillon.bench.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Marks on a sheet without a colour of its own, {@code width} by {@code height} pixels. */
public record Drawing(int width, int height, List<Mark> marks) {

    public Drawing {
        marks = List.copyOf(marks);
    }

    /** True for the names of files that {@link #write} can write. */
    public static boolean canWrite(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".svg") || name.endsWith(".png");
    }

    /**
     * Writes it as what the file's name ends with, .svg or .png.
     *
     * @throws IOException if the file cannot be written, or if its name ends otherwise
     */
    public void write(Path file) throws IOException {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".svg")) {
            Files.writeString(file, Svg.of(this));
        } else if (name.endsWith(".png")) {
            Png.write(this, file);
        } else {
            throw new IOException("a picture's name ends with .svg or .png, not so " + file);
        }
    }
}
