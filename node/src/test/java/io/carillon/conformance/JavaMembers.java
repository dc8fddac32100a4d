package io.carillon.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The types, methods and fields of a Java source, each with its place, to say which of them a
 * citation belongs to. Knows just enough of the grammar for that: what stands in parentheses or in
 * a body (lambdas, anonymous and local classes) belongs to the member around it, and a comment
 * before a member belongs to that member.
 */
final class JavaMembers {
    private static final Pattern TYPE =
            Pattern.compile("(?:^|\\s)(class|interface|@interface|enum|record)\\s+(\\w+)");
    private static final Pattern CALLABLE = Pattern.compile("(\\w+)\\s*\\(");
    private static final Pattern FIELD = Pattern.compile("(\\w+)[\\[\\]\\s]*(?:=|$)");
    private static final Pattern LAST_WORD = Pattern.compile("(\\w+)\\s*$");

    private record Member(int start, int end, String name) {
        boolean contains(int offset) {
            return start <= offset && offset <= end;
        }
    }

    private enum Kind {
        FILE,
        TYPE,
        MEMBER,
        BODY
    }

    private static final class Block {
        final Kind kind;
        final String name;
        final int start;
        boolean inConstants;

        Block(Kind kind, String name, int start) {
            this.kind = kind;
            this.name = name;
            this.start = start;
        }
    }

    private final JavaMask mask;
    private final String fileName;
    private final List<Member> members = new ArrayList<>();
    private final Deque<Block> blocks = new ArrayDeque<>();

    JavaMembers(String source, String fileName) {
        this.mask = new JavaMask(source);
        this.fileName = fileName;
        findMembers();
    }

    /**
     * {@code Type}, {@code Type.Nested} or {@code Type#method}; the file's name outside of types.
     */
    String nameAt(int offset) {
        int anchor = mask.anchor(offset);
        return members.stream()
                .filter(member -> member.contains(anchor))
                .min(Comparator.comparingInt(member -> member.end() - member.start()))
                .map(Member::name)
                .orElse(fileName);
    }

    private void findMembers() {
        blocks.push(new Block(Kind.FILE, "", 0));
        int parentheses = 0;
        int start = 0;
        for (int i = 0; i < mask.length(); i++) {
            char c = mask.at(i);
            if (c == '(') {
                parentheses++;
            } else if (c == ')') {
                parentheses--;
            } else if (parentheses == 0 && (c == '{' || c == '}' || c == ';')) {
                switch (c) {
                    case '{' -> blocks.push(open(start, i));
                    case '}' -> close(i);
                    default -> endStatement(start, i);
                }
                start = i + 1;
            }
        }
    }

    private Block open(int start, int brace) {
        Block parent = blocks.element();
        String header = withoutAnnotations(mask.text(start, brace));
        Matcher type = TYPE.matcher(header);
        if (parent.kind == Kind.MEMBER || parent.kind == Kind.BODY || parent.inConstants) {
            return new Block(Kind.BODY, parent.name, start);
        }
        if (type.find()) {
            String outer = parent.name.isEmpty() ? "" : parent.name + ".";
            Block block = new Block(Kind.TYPE, outer + type.group(2), start);
            block.inConstants = type.group(1).equals("enum");
            return block;
        }
        String name = memberName(header);
        return name.isEmpty() || name.equals("static")
                ? new Block(Kind.BODY, parent.name, start)
                : new Block(Kind.MEMBER, parent.name + "#" + name, start);
    }

    private void close(int brace) {
        Block block = blocks.pop();
        if (block.kind == Kind.TYPE || block.kind == Kind.MEMBER) {
            members.add(new Member(block.start, brace, block.name));
        }
    }

    private void endStatement(int start, int semicolon) {
        Block parent = blocks.element();
        if (parent.kind != Kind.TYPE) {
            return;
        }
        if (parent.inConstants) {
            parent.inConstants = false;
            return;
        }
        String name = memberName(withoutAnnotations(mask.text(start, semicolon)));
        if (!name.isEmpty()) {
            members.add(new Member(start, semicolon, parent.name + "#" + name));
        }
    }

    private static String memberName(String header) {
        int equals = header.indexOf('=');
        int parenthesis = header.indexOf('(');
        boolean callable = parenthesis >= 0 && (equals < 0 || parenthesis < equals);
        Matcher name = (callable ? CALLABLE : equals >= 0 ? FIELD : LAST_WORD).matcher(header);
        return name.find() ? name.group(1) : "";
    }

    private static String withoutAnnotations(String header) {
        StringBuilder kept = new StringBuilder();
        int i = 0;
        while (i < header.length()) {
            if (header.charAt(i) != '@' || header.startsWith("@interface", i)) {
                kept.append(header.charAt(i++));
                continue;
            }
            i++;
            while (i < header.length() && isNamePart(header.charAt(i))) {
                i++;
            }
            if (i < header.length() && header.charAt(i) == '(') {
                i = afterParentheses(header, i);
            }
        }
        return kept.toString();
    }

    private static boolean isNamePart(char c) {
        return c == '.' || Character.isJavaIdentifierPart(c);
    }

    private static int afterParentheses(String header, int open) {
        int depth = 0;
        for (int i = open; i < header.length(); i++) {
            if (header.charAt(i) == '(') {
                depth++;
            } else if (header.charAt(i) == ')' && --depth == 0) {
                return i + 1;
            }
        }
        return header.length();
    }
}
