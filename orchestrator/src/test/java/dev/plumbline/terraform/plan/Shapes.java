package dev.plumbline.terraform.plan;

import dev.plumbline.terraform.plan.RealPlans.Shape;
import java.util.List;

/** Plans of every shape that Terraform's built-in provider can make. */
public final class Shapes {
    private static final String SECRET = """
            variable "password" {
              type      = string
              sensitive = true
              default   = "hunter2-secret"
            }
            """;

    private Shapes() {}

    public static List<Shape> all() {
        return List.of(
                create(),
                update(),
                delete(),
                replace(),
                replaceCreateFirst(),
                moved(),
                keys(),
                count(),
                module(),
                moduleGone(),
                outputs(),
                sensitive(),
                sensitiveDeep(),
                checks(),
                removed(),
                Shape.of("destroy", simple("a"), simple("a"), "-destroy"),
                refreshOnly(),
                imported(),
                readLater(),
                multiLine(),
                tainted(),
                Shape.of("asked", simple("a"), simple("a"), "-replace=terraform_data.a"),
                triggeredBy(),
                deposed(),
                Shape.of("nothing", simple("a"), simple("a")),
                Shape.of(
                        "target",
                        "",
                        simple("a") + "resource \"terraform_data\" \"b\" {}\n",
                        "-target=terraform_data.b"),
                errored(),
                hostile(),
                lists(),
                sensitiveReplace());
    }

    private static String simple(String input) {
        return "resource \"terraform_data\" \"a\" {\n  input = \"" + input + "\"\n}\n";
    }

    public static Shape create() {
        return Shape.of("create", "", """
                resource "terraform_data" "a" {
                  input = {
                    text = "quoted \\"x\\" $${not} \\\\ tab\\t"
                    list = [1, 2.5, 0.1, -7, true, null, "x", [], {}]
                    big  = 12345678901234567890123
                    deep = { a = { b = [{ c = 1e10 }] } }
                    none = null
                    ""   = "empty key"
                  }
                }
                resource "terraform_data" "b" {
                  input            = terraform_data.a.output
                  triggers_replace = [terraform_data.a.id, "k"]
                }
                resource "terraform_data" "c" {
                  input = { known = 1, unknown = terraform_data.a.id, mixed = ["x", terraform_data.a.id] }
                }
                """);
    }

    public static Shape update() {
        return Shape.of("update", """
                resource "terraform_data" "a" {
                  input = { keep = "same", change = "old", gone = 1, nested = { x = 1, y = 2 } }
                }
                """, """
                resource "terraform_data" "a" {
                  input = { keep = "same", change = "new", fresh = [1, 2], nested = { x = 1, y = 3 } }
                }
                """);
    }

    private static Shape delete() {
        return Shape.of(
                "delete", simple("a") + "resource \"terraform_data\" \"b\" {\n  input = { x = [1] }\n}\n", simple("a"));
    }

    public static Shape replace() {
        String code = """
                resource "terraform_data" "a" {
                  input            = "same"
                  triggers_replace = { version = %s, other = "x" }
                }
                """;
        return Shape.of("replace", code.formatted("1"), code.formatted("2"));
    }

    private static Shape replaceCreateFirst() {
        String code = """
                resource "terraform_data" "a" {
                  triggers_replace = "%s"
                  lifecycle { create_before_destroy = true }
                }
                """;
        return Shape.of("replace-create-first", code.formatted("1"), code.formatted("2"));
    }

    private static Shape moved() {
        return Shape.of("moved", simple("a") + "resource \"terraform_data\" \"c\" {\n  input = 1\n}\n", """
                resource "terraform_data" "b" {
                  input = "a"
                }
                resource "terraform_data" "d" {
                  input = 2
                }
                moved {
                  from = terraform_data.a
                  to   = terraform_data.b
                }
                moved {
                  from = terraform_data.c
                  to   = terraform_data.d
                }
                """);
    }

    private static Shape keys() {
        String code = """
                resource "terraform_data" "a" {
                  for_each = toset(%s)
                  input    = each.key
                }
                """;
        return Shape.of(
                "keys",
                code.formatted("[\"gone\", \"stays\"]"),
                code.formatted("[\"stays\", \"a.b[0]\", \"q\\\"uote\", \"$${x}\", \"line\\nbreak\", \"é\"]"));
    }

    private static Shape count() {
        String code = "resource \"terraform_data\" \"a\" {\n  count = %s\n  input = count.index\n}\n";
        return Shape.of("count", code.formatted("3"), code.formatted("1"));
    }

    private static Shape module() {
        return Shape.of("module", "", """
                ==> main.tf
                module "m" {
                  source   = "./m"
                  for_each = { "a.b" = 1, c = 2 }
                  value    = each.value
                }
                output "ids" {
                  value = [for m in module.m : m.id]
                }
                ==> m/main.tf
                variable "value" { type = number }
                resource "terraform_data" "in" {
                  count = 2
                  input = var.value
                }
                output "id" {
                  value = terraform_data.in[0].id
                  precondition {
                    condition     = var.value < 2
                    error_message = "value is too large"
                  }
                }
                ==> m/readme.md
                none
                """.replace("var.value < 2", "var.value < 9"));
    }

    private static Shape moduleGone() {
        return Shape.of("module-gone", """
                ==> main.tf
                module "m" {
                  source = "./m"
                }
                ==> m/main.tf
                resource "terraform_data" "in" {}
                """, simple("a"));
    }

    private static Shape outputs() {
        String code = """
                resource "terraform_data" "a" {
                  input = "%s"
                }
                output "changes" { value = { x = "%1$s", same = 1 } }
                output "same" { value = "x" }
                output "later" { value = terraform_data.a.output }
                """;
        return Shape.of(
                "outputs",
                code.formatted("one") + "output \"gone\" { value = [1] }\n",
                code.formatted("two") + "output \"fresh\" { value = { a = [] } }\n");
    }

    public static Shape sensitive() {
        String code = SECRET + """
                resource "terraform_data" "a" {
                  input = "%s"
                }
                resource "terraform_data" "leak" {
                  input = var.password
                }
                resource "terraform_data" "repeats" {
                  input = "the word is ${nonsensitive(var.password)}"
                }
                output "word" {
                  value     = var.password
                  sensitive = true
                }
                """;
        return Shape.of(
                        "sensitive",
                        code.formatted("1"),
                        code.formatted("2")
                                .replace("= var.password\n}\nresource", "= \"${var.password}-2\"\n}\nresource"))
                .hiding("hunter2-secret");
    }

    private static Shape sensitiveDeep() {
        return Shape.of("sensitive-deep", "", """
                variable "settings" {
                  type      = any
                  sensitive = true
                  default   = { user = "deep-user", tokens = ["deep-token-1", "deep-token-2"], pin = 987654 }
                }
                resource "terraform_data" "whole" {
                  input = var.settings
                }
                resource "terraform_data" "part" {
                  input = { shown = "shown", list = ["x", var.settings.tokens[1]], map = { a = var.settings.user, pin = var.settings.pin } }
                }
                resource "terraform_data" "pem" {
                  input = sensitive("-----BEGIN KEY-----\\nMIIEvQIBADANBgkq\\n\\"quoted\\" line & <more>\\n-----END KEY-----\\n")
                }
                resource "terraform_data" "pem_again" {
                  input = "x\\n-----BEGIN KEY-----\\nMIIEvQIBADANBgkq\\n\\"quoted\\" line & <more>\\n-----END KEY-----\\ny"
                }
                output "json" { value = nonsensitive(jsonencode(var.settings)) }
                """)
                .hiding("deep-user", "deep-token-1", "deep-token-2", "987654", "MIIEvQIBADANBgkq");
    }

    private static Shape checks() {
        return Shape.of("checks", "", """
                variable "size" {
                  default = 3
                  validation {
                    condition     = var.size > 1
                    error_message = "size is too small"
                  }
                }
                resource "terraform_data" "a" {
                  count = 2
                  input = var.size
                  lifecycle {
                    precondition {
                      condition     = var.size > 0
                      error_message = "never"
                    }
                    postcondition {
                      condition     = self.output != null
                      error_message = "never"
                    }
                  }
                }
                check "health" {
                  assert {
                    condition     = var.size == 4
                    error_message = "size is ${var.size}, not 4"
                  }
                }
                check "later" {
                  assert {
                    condition     = terraform_data.a[0].output == 3
                    error_message = "not yet"
                  }
                }
                output "o" {
                  value = 1
                  precondition {
                    condition     = var.size < 9
                    error_message = "never"
                  }
                }
                """, "-var=size=5");
    }

    private static Shape removed() {
        return Shape.of("removed", simple("a"), """
                removed {
                  from = terraform_data.a
                  lifecycle { destroy = false }
                }
                """);
    }

    private static Shape refreshOnly() {
        return Shape.of("refresh-only", simple("a"), """
                resource "terraform_data" "b" {
                  input = "a"
                }
                moved {
                  from = terraform_data.a
                  to   = terraform_data.b
                }
                output "o" { value = terraform_data.b.output }
                """, "-refresh-only");
    }

    private static Shape imported() {
        return Shape.of("imported", "", simple("a") + "import {\n  to = terraform_data.a\n  id = \"the-id\"\n}\n");
    }

    private static Shape readLater() {
        return Shape.of("read-later", "", """
                resource "terraform_data" "a" { input = "x.tfstate" }
                data "terraform_remote_state" "r" {
                  backend = "local"
                  config  = { path = terraform_data.a.output }
                }
                output "o" { value = data.terraform_remote_state.r.outputs }
                """);
    }

    public static Shape multiLine() {
        String code = """
                resource "terraform_data" "text" {
                  input = <<-EOT
                    one
                    two %s
                    three
                    %s
                  EOT
                }
                resource "terraform_data" "json" {
                  input = jsonencode({ Version = "2012", Statement = [{ Effect = "Allow", Action = ["s3:Get", "s3:%1$s"] }] })
                }
                """;
        return Shape.of("multi-line", code.formatted("old", "four"), code.formatted("new", "```\n    four"));
    }

    private static Shape tainted() {
        return Shape.of("tainted", simple("a"), simple("a"))
                .editing(state ->
                        state.replace("\"schema_version\": 0,", "\"status\": \"tainted\", \"schema_version\": 0,"));
    }

    private static Shape triggeredBy() {
        String code = """
                resource "terraform_data" "a" { input = "%s" }
                resource "terraform_data" "b" {
                  lifecycle { replace_triggered_by = [terraform_data.a] }
                }
                """;
        return Shape.of("triggered-by", code.formatted("1"), code.formatted("2"));
    }

    private static Shape deposed() {
        return Shape.of("deposed", simple("a"), simple("a")).editing(state -> state.replace("\"instances\": [", """
                        "instances": [ { "deposed": "abcd1234", "schema_version": 0, "attributes": {
                          "id": "11111111-1111-1111-1111-111111111111", "input": null, "output": null, "triggers_replace": null } },"""));
    }

    private static Shape errored() {
        return Shape.of("errored", "", simple("a") + """
                resource "terraform_data" "bad" {
                  input = 1
                  lifecycle {
                    precondition {
                      condition     = length(terraform_data.fine.input) > 9
                      error_message = "too short"
                    }
                  }
                }
                resource "terraform_data" "fine" { input = "x" }
                """);
    }

    public static Shape hostile() {
        return Shape.of("hostile", "", """
                resource "terraform_data" "a" {
                  for_each = toset(["</summary><script>alert(1)</script>", "@everyone | a | `b`"])
                  input = "```\\n</details>\\n\\u001b[31mred\\u001b[0m \\u202eevil\\n~~~~\\n````\\n# heading\\n@someone #1 <img src=x>"
                }
                resource "terraform_data" "b" {
                  input = "\\u001b]0;title\\u0007 one line"
                }
                """);
    }

    public static Shape lists() {
        String code = """
                resource "terraform_data" "a" {
                  input = { list = [%s], objects = [{ name = "a", port = %s }, { name = "b", port = 2 }], tags = { %s } }
                }
                """;
        return Shape.of(
                "lists",
                code.formatted("1, 2, 3, 4, 5", "1", "\"a b\" = \"x\", env = \"dev\""),
                code.formatted("1, 3, 4, 5, 6", "10", "env = \"prod\", \"a b\" = \"x\", more = null"));
    }

    private static Shape sensitiveReplace() {
        String code = SECRET + """
                resource "terraform_data" "a" {
                  input            = { word = var.password, open = "%s" }
                  triggers_replace = ["%1$s", var.password]
                }
                """;
        return Shape.of("sensitive-replace", code.formatted("1"), code.formatted("2"))
                .hiding("hunter2-secret");
    }
}
