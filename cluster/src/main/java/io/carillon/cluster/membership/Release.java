package io.carillon.cluster.membership;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Carillon. Two of them may work side by side if they are of one major version and
 * their minor versions are neighbours, so that a cluster can be upgraded node by node.
 */
public record Release(int major, int minor, int patch) implements Comparable<Release> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\.(\\d{1,5})(-.*)?");
    private static final Comparator<Release> ORDER =
            Comparator.comparingInt(Release::major)
                    .thenComparingInt(Release::minor)
                    .thenComparingInt(Release::patch);

    /**
     * Reads {@code 1.2.3}; what follows a dash is left out.
     *
     * @throws IllegalArgumentException if it isn't of that form
     */
    public static Release parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a release such as 1.2.3");
        }
        return new Release(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)));
    }

    /** True if nodes of both releases may be in one cluster. */
    public boolean worksWith(Release other) {
        return major == other.major && Math.abs(minor - other.minor) <= 1;
    }

    @Override
    public int compareTo(Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
