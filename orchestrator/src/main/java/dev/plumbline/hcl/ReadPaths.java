package dev.plumbline.hcl;

import dev.plumbline.hcl.ReadPath.Base;
import dev.plumbline.hcl.syntax.Body;
import dev.plumbline.hcl.syntax.FunctionCall;
import dev.plumbline.hcl.syntax.FunctionCalls;
import dev.plumbline.hcl.syntax.TemplatePart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the paths out of calls of Terraform's file functions. */
final class ReadPaths {
    private static final Set<String> FUNCTIONS = Set.of(
            "file",
            "filebase64",
            "filebase64sha256",
            "filebase64sha512",
            "fileexists",
            "filemd5",
            "fileset",
            "filesha1",
            "filesha256",
            "filesha512",
            "templatefile");
    private static final Map<String, Base> BASES =
            Map.of("path.module", Base.MODULE, "path.root", Base.ROOT, "path.cwd", Base.CWD);
    private static final Pattern MODULE = Pattern.compile("\\bpath\\s*\\.\\s*module\\b");
    private static final Pattern ROOT = Pattern.compile("\\bpath\\s*\\.\\s*root\\b");
    private static final Pattern CWD = Pattern.compile("\\bpath\\s*\\.\\s*cwd\\b");

    private ReadPaths() {}

    static List<ReadPath> in(Body body) {
        return FunctionCalls.in(body, FUNCTIONS).stream().map(ReadPaths::of).toList();
    }

    private static ReadPath of(FunctionCall call) {
        Optional<String> pattern =
                call.name().equals("fileset") && call.arguments().size() > 1
                        ? literal(call.arguments().get(1))
                        : Optional.empty();
        String argument = call.arguments().isEmpty() ? "" : call.arguments().get(0);
        Base alone = BASES.get(argument);
        if (alone != null) {
            return new ReadPath(call.name(), alone, "", true, pattern, call.position());
        }
        List<TemplatePart> parts = TemplatePart.ofQuoted(argument).orElse(List.of());
        Base base = base(parts);
        if (base == Base.UNKNOWN || parts.isEmpty()) {
            return new ReadPath(call.name(), mentioned(argument), "", false, pattern, call.position());
        }
        List<TemplatePart> rest = base == Base.BARE ? parts : parts.subList(1, parts.size());
        boolean exact = rest.stream().allMatch(TemplatePart::literal);
        return new ReadPath(call.name(), base, path(base, rest, exact), exact, pattern, call.position());
    }

    private static Optional<String> literal(String argument) {
        return TemplatePart.ofQuoted(argument)
                .filter(parts -> parts.stream().allMatch(TemplatePart::literal))
                .map(ReadPaths::leadingLiteral);
    }

    private static Base base(List<TemplatePart> parts) {
        if (parts.isEmpty()) {
            return Base.UNKNOWN;
        }
        TemplatePart first = parts.get(0);
        return first.literal() ? Base.BARE : BASES.getOrDefault(first.text(), Base.UNKNOWN);
    }

    /** An expression that at least speaks of a base most likely stays below it. */
    private static Base mentioned(String argument) {
        if (MODULE.matcher(argument).find()) {
            return Base.MODULE;
        }
        if (ROOT.matcher(argument).find()) {
            return Base.ROOT;
        }
        return CWD.matcher(argument).find() ? Base.CWD : Base.UNKNOWN;
    }

    private static String path(Base base, List<TemplatePart> parts, boolean exact) {
        String literal = leadingLiteral(parts);
        String path = exact ? literal : literal.substring(0, literal.lastIndexOf('/') + 1);
        String open = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return base == Base.BARE ? open : open.replaceFirst("^/+", "");
    }

    private static String leadingLiteral(List<TemplatePart> parts) {
        StringBuilder literal = new StringBuilder();
        for (TemplatePart part : parts) {
            if (!part.literal()) {
                break;
            }
            literal.append(part.text());
        }
        return literal.toString();
    }
}
