package dev.plumbline.hcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadPathTest {

    @Test
    void a_literal_path_after_its_base_is_exact() {
        assertThat(paths("file(\"${path.module}/a/b.txt\")")).containsExactly("file MODULE 'a/b.txt' exact");
        assertThat(paths("filebase64(\"${path.root}/../x.bin\")")).containsExactly("filebase64 ROOT '../x.bin' exact");
        assertThat(paths("filemd5(\"${ path.cwd }/x\")")).containsExactly("filemd5 CWD 'x' exact");
        assertThat(paths("fileexists(\"x/y\")")).containsExactly("fileexists BARE 'x/y' exact");
        assertThat(paths("file(\"/etc/motd\")")).containsExactly("file BARE '/etc/motd' exact");
    }

    @Test
    void a_path_that_is_not_literal_gives_the_folder_before_its_first_interpolation() {
        assertThat(paths("templatefile(\"${path.module}/tpl/a-${var.x}.tftpl\", { a = 1 })"))
                .containsExactly("templatefile MODULE 'tpl' below");
        assertThat(paths("file(\"${path.module}/${var.x}\")")).containsExactly("file MODULE '' below");
        assertThat(paths("file(\"conf/%{ if var.x }a%{ endif }.txt\")")).containsExactly("file BARE 'conf' below");
        assertThat(paths("file(format(\"%s/x\", path.module))")).containsExactly("file MODULE '' below");
        assertThat(paths("file(var.path)")).containsExactly("file UNKNOWN '' below");
    }

    @Test
    void a_fileset_tells_its_pattern() {
        assertThat(paths("fileset(path.module, \"conf/**/*.{json,yaml}\")"))
                .containsExactly("fileset MODULE '' exact conf/**/*.{json,yaml}");
        assertThat(paths("fileset(\"${path.module}/d\", \"*-${var.x}\")")).containsExactly("fileset MODULE 'd' exact");
    }

    @Test
    void calls_are_found_in_templates_heredocs_and_other_calls() {
        assertThat(paths("\"a ${upper(\"b ${file(\"c\")} }\")} d ${filesha1(\"e\")}\""))
                .containsExactly("file BARE 'c' exact", "filesha1 BARE 'e' exact");
        assertThat(paths("<<-EOT\n    %{ for f in [1] }${file(\"h-${f}\")}%{ endfor }\n  $${file(\"not\")}\n    EOT"))
                .containsExactly("file BARE '' below");
        assertThat(paths("{ for f in fileset(\"d\", \"*\") : f => filesha256(\"d/${f}\") }"))
                .containsExactly("fileset BARE 'd' exact *", "filesha256 BARE 'd' below");
        assertThat(paths("[{ a = [jsondecode(file(\"x.json\")).y] }]")).containsExactly("file BARE 'x.json' exact");
        assertThat(paths("templatefile(\"t\", { a = file(\"u\"), b = filebase64sha512(\"w\") })"))
                .containsExactly(
                        "templatefile BARE 't' exact", "file BARE 'u' exact", "filebase64sha512 BARE 'w' exact");
    }

    @Test
    void only_terraforms_own_functions_count() {
        assertThat(paths("core::file(\"a\")")).containsExactly("file BARE 'a' exact");
        assertThat(paths("provider::x::file(\"a\")")).isEmpty();
        assertThat(paths("\"file(\\\"a\\\")\"")).isEmpty();
        assertThat(paths("myfile(\"a\") # file(\"b\")")).isEmpty();
    }

    @Test
    void a_call_tells_where_it_stands() {
        ReadPath path = Folder.code("locals {\n  a = [\n    upper(1), \"é${file(\"x\")}\"]\n}\n")
                .readPaths()
                .get(0);

        assertThat(path.position()).hasToString("main.tf:3:19");
    }

    @Test
    void a_call_in_code_that_is_broken_is_found_all_the_same() {
        TerraformCode code = Folder.code("locals {\n  a = upper(file(\"x\")\n}\nvariable \"v\" {}\n");

        assertThat(code.problems()).isNotEmpty();
        assertThat(code.readPaths()).extracting(FactsText::path).containsExactly("file BARE 'x' exact");
        assertThat(code.variables()).hasSize(1);
    }

    private static List<String> paths(String expression) {
        TerraformCode code = Folder.code("locals {\n  value = " + expression + "\n}\n");
        assertThat(code.problems()).isEmpty();
        return code.readPaths().stream().map(FactsText::path).toList();
    }
}
