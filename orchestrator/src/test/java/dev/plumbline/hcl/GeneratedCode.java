package dev.plumbline.hcl;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Terraform code made at random from a seed, with the facts that it holds. */
final class GeneratedCode {
    private static final String[] NAMES = {"web", "größe", "δοκιμή", "a-b", "_x", "for_each", "名前", "file", "true_"};
    private static final String[] TEXTS = {
        "plain",
        "with \\\" quote",
        "b\\\\",
        "} { ) (",
        "$${no} %%{no}",
        "# no // comment /* here",
        "tab\\t\\u00e9",
        "$ % $5",
        ""
    };
    private static final String[] OPERATORS = {"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"};

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final TreeSet<String> facts = new TreeSet<>();
    private int counter;
    private int imports;

    GeneratedCode(long seed) {
        random = new Random(seed);
        int blocks = 3 + random.nextInt(8);
        for (int i = 0; i < blocks; i++) {
            comment("");
            block();
        }
        facts.add("imports " + imports);
    }

    /** As the seed has it: with either kind of line ends, with or without a byte order mark. */
    String text() {
        String ended = random.nextInt(4) == 0 ? text.toString().replace("\n", "\r\n") : text.toString();
        return random.nextInt(6) == 0 ? '\uFEFF' + ended : ended;
    }

    String facts() {
        return String.join("\n", facts);
    }

    private void block() {
        String name = pick(NAMES) + counter++;
        switch (random.nextInt(9)) {
            case 0 -> module(name);
            case 1 -> variable(name);
            case 2 -> output(name);
            case 3 -> resource("resource", "", "terraform_data", name);
            case 4 -> resource("data", "data.", "terraform_remote_state_like", name);
            case 5 -> moved(name);
            case 6 -> remoteState(name);
            case 7 -> {
                imports++;
                line("import {\n  to = terraform_data." + name + "\n  id = " + expression(2) + "\n}");
            }
            default -> locals();
        }
    }

    private void module(String name) {
        facts.add("module " + name + " ./modules/" + name + " Optional[~> 1.0]");
        line("module \"" + name + "\" {");
        attribute("source", "\"./modules/" + name + "\"");
        attribute("version", "\"~> 1.0\"");
        attributes();
        line("}");
    }

    private void variable(String name) {
        boolean sensitive = random.nextBoolean();
        facts.add("variable " + name + "true" + sensitive + "Optional[map(any)]");
        line("variable " + (random.nextBoolean() ? name : '"' + name + '"') + " {");
        attribute("type", "map(any)");
        attribute("default", expression(3));
        attribute("sensitive", String.valueOf(sensitive));
        line("}");
    }

    private void output(String name) {
        facts.add("output " + name + "false");
        line("output \"" + name + "\" {");
        attribute("value", expression(2));
        line("}");
    }

    private void resource(String block, String prefix, String type, String name) {
        facts.add("resource " + prefix + type + "." + name);
        facts.add("provider terraform terraform.io/builtin/terraform Optional.empty");
        line(block + " \"" + type + "\" \"" + name + "\" {");
        attributes();
        nested(random.nextInt(5));
        line("}");
    }

    private void nested(int levels) {
        if (levels > 0) {
            line("nested" + levels + " \"label\" {");
            attributes();
            nested(levels - 1);
            line("}");
        } else if (random.nextBoolean()) {
            line("lifecycle { ignore_changes = all }");
        }
    }

    private void moved(String name) {
        facts.add("moved terraform_data." + name + "[\"k\"] module.m[0].terraform_data.x");
        line("moved {\n  from = terraform_data." + name + "[\"k\"]\n  to = module.m[0].terraform_data.x\n}");
    }

    private void remoteState(String name) {
        facts.add("resource data.terraform_remote_state." + name);
        facts.add("provider terraform terraform.io/builtin/terraform Optional.empty");
        facts.add("state " + name + "Optional[s3]{\"bucket\":\"b\",\"key\":\"" + name + "\"}");
        line("data \"terraform_remote_state\" \"" + name + "\" {");
        attribute("backend", "\"s3\"");
        attribute("config", "{ \"key\" : \"" + name + "\", # why\n bucket = \"b\" }");
        line("}");
    }

    private void locals() {
        line("locals {");
        attributes();
        line("}");
    }

    private void attributes() {
        for (int i = random.nextInt(4); i > 0; i--) {
            comment("  ");
            attribute(pick(NAMES) + "_" + counter++, random.nextInt(4) == 0 ? heredoc() : expression(4));
        }
    }

    private void attribute(String name, String value) {
        line("  " + name + (random.nextBoolean() ? " = " : "=") + value);
    }

    private void comment(String indent) {
        switch (random.nextInt(6)) {
            case 0 -> line(indent + "# \" { ${ <<EOT");
            case 1 -> line(indent + "// \" } %{");
            case 2 -> line(indent + "/* \" {\n <<EOT */");
            default -> {}
        }
    }

    private String heredoc() {
        boolean indented = random.nextBoolean();
        StringBuilder heredoc = new StringBuilder(indented ? "<<-EOT\n" : "<<EOT\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            heredoc.append("  \"not closed { EOT $${x} ").append(inTemplate(2)).append('\n');
            heredoc.append(" %{ if true ~} yes %{ else }no%{ endif }\n");
        }
        return heredoc.append(indented ? "    EOT" : "EOT").toString();
    }

    private String expression(int depth) {
        if (depth == 0) {
            return leaf();
        }
        Supplier<String> inner = () -> expression(depth - 1);
        return switch (random.nextInt(14)) {
            case 0 -> "[" + inner.get() + ", " + inner.get() + "]";
            case 1 -> "[\n" + inner.get() + ",\n# why\n" + inner.get() + ",\n]";
            case 2 -> "{ a = " + inner.get() + ", \"b c\" : " + inner.get() + " }";
            case 3 -> "{\n a = " + inner.get() + ",\n (" + inner.get() + ") = " + inner.get() + "\n}";
            case 4 -> "[for x in " + inner.get() + " : " + inner.get() + " if x != " + inner.get() + "]";
            case 5 -> "{ for k, v in " + inner.get() + " : k => " + inner.get() + "... }";
            case 6 -> "(" + inner.get() + " " + pick(OPERATORS) + "\n " + inner.get() + ")";
            case 7 -> "true ? " + inner.get() + " : " + inner.get();
            case 8 -> "!" + inner.get();
            case 9 -> "upper(" + inner.get() + ", [" + inner.get() + "]...)";
            case 10 -> "var.a[*]." + pick(NAMES) + "[" + inner.get() + "]";
            case 11 -> readCall();
            default -> "\"" + pick(TEXTS) + inTemplate(depth - 1) + pick(TEXTS) + "\"";
        };
    }

    private String inTemplate(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> "${" + expression(depth).replaceAll("\n# why", "").replace("\n", " ") + "}";
            case 1 -> "%{ if var.x }a%{ else }${" + readCall() + "}%{ endif }";
            default -> "${~ " + leaf() + " ~}";
        };
    }

    private String readCall() {
        String path = "p" + counter++ + ".txt";
        if (random.nextBoolean()) {
            facts.add("reads file MODULE 'd/" + path + "' exact");
            return "file(\"${path.module}/d/" + path + "\")";
        }
        facts.add("reads templatefile BARE 'd-" + path + "' below");
        return "templatefile(\"d-" + path + "/${var.x}-y\", { \"a\" = \"${\"b\"}\" })";
    }

    private String leaf() {
        return switch (random.nextInt(7)) {
            case 0 -> "12.5e3";
            case 1 -> "-1";
            case 2 -> "null";
            case 3 -> "module." + pick(NAMES) + "[0].x[\"y\"]";
            case 4 -> "local." + pick(NAMES);
            case 5 -> "false";
            default -> '"' + pick(TEXTS) + '"';
        };
    }

    private String pick(String[] choices) {
        return List.of(choices).get(random.nextInt(choices.length));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
