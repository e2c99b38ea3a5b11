package dev.plumbline.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TerraformCodeTest {

    @Test
    void module_calls_tell_source_and_version_and_whether_they_are_local() {
        TerraformCode code = Folder.code("""
                module "near" {
                  source = "./modules/near"
                }
                module "beside" { source = "../beside" }
                module "far" {
                  source  = "team/vpc/aws"
                  version = "~> 5.0"
                }
                module "computed" {
                  source = "${path.module}/x"
                }
                """);

        assertThat(code.problems()).isEmpty();
        assertThat(code.moduleCalls())
                .extracting(ModuleCall::name, ModuleCall::source, ModuleCall::isLocal, ModuleCall::version)
                .containsExactly(
                        tuple("near", "./modules/near", true, Optional.empty()),
                        tuple("beside", "../beside", true, Optional.empty()),
                        tuple("far", "team/vpc/aws", false, Optional.of("~> 5.0")),
                        tuple("computed", "\"${path.module}/x\"", false, Optional.empty()));
        assertThat(code.moduleCalls().get(2).position()).isEqualTo(new Position("main.tf", 5, 1));
        assertThat(code.localModuleCalls()).extracting(ModuleCall::name).containsExactly("near", "beside");
    }

    @Test
    void a_backend_has_the_same_stable_text_whatever_its_layout_order_and_comments() {
        Backend one = Folder.code("""
                        terraform {
                          backend "s3" {
                            bucket = "b" # the bucket
                            key    = "k"
                            assume_role = { role_arn = "r" }
                          }
                        }
                        """).backend().orElseThrow();
        Backend other = Folder.code("""
                        terraform {
                          backend "s3" {
                            key = "k"
                            assume_role = {
                              "role_arn" : "r",
                            }
                            bucket = "b"
                          }
                        }
                        """).backend().orElseThrow();

        assertThat(one.kind()).isEqualTo("s3");
        assertThat(one.settings().text("bucket")).contains("b");
        assertThat(one.settings().isLiteral()).isTrue();
        assertThat(one.stableText())
                .isEqualTo("s3{\"assume_role\":{\"role_arn\":\"r\"},\"bucket\":\"b\",\"key\":\"k\"}")
                .isEqualTo(other.stableText());
    }

    @Test
    void a_cloud_block_is_a_backend_of_kind_cloud() {
        Backend cloud = Folder.code("""
                        terraform {
                          cloud {
                            organization = "acme"
                            workspaces { name = "net" }
                          }
                        }
                        """).backend().orElseThrow();

        assertThat(cloud.stableText()).isEqualTo("cloud{\"organization\":\"acme\",\"workspaces\":{\"name\":\"net\"}}");
        assertThat(cloud.position()).hasToString("main.tf:2:3");
    }

    @Test
    void providers_are_declared_or_implied_by_provider_blocks_and_by_types() {
        TerraformCode code = Folder.code("""
                terraform {
                  required_providers {
                    aws = { source = "hashicorp/aws", version = ">= 5.0", configuration_aliases = [aws.east] }
                    old = "~> 2.0"
                    mine = { source = "example.com/team/mine" }
                  }
                }
                provider "google" { alias = "eu" }
                provider "google" {}
                resource "terraform_data" "x" {}
                resource "azurerm_thing" "y" { provider = mine.special }
                data "http" "z" {}
                check "c" {
                  data "external" "e" {}
                }
                ephemeral "random_password" "p" {}
                """);

        assertThat(code.problems()).isEmpty();
        assertThat(code.requiredProviders().values())
                .extracting(
                        ProviderRequirement::localName, ProviderRequirement::source,
                        ProviderRequirement::version, ProviderRequirement::declared)
                .containsExactly(
                        tuple("aws", "hashicorp/aws", Optional.of(">= 5.0"), true),
                        tuple("external", "hashicorp/external", Optional.empty(), false),
                        tuple("google", "hashicorp/google", Optional.empty(), false),
                        tuple("http", "hashicorp/http", Optional.empty(), false),
                        tuple("mine", "example.com/team/mine", Optional.empty(), true),
                        tuple("old", "hashicorp/old", Optional.of("~> 2.0"), true),
                        tuple("random", "hashicorp/random", Optional.empty(), false),
                        tuple("terraform", "terraform.io/builtin/terraform", Optional.empty(), false));
        assertThat(code.needsNoProviderDownload()).isFalse();
    }

    @Test
    void only_the_built_in_provider_needs_no_download() {
        assertThat(Folder.code("resource \"terraform_data\" \"x\" {}\ndata \"terraform_remote_state\" \"y\" {}\n")
                        .needsNoProviderDownload())
                .isTrue();
        assertThat(Folder.code("locals { a = 1 }\n").needsNoProviderDownload()).isTrue();
        assertThat(Folder.code("resource \"null_resource\" \"x\" {}\n").needsNoProviderDownload())
                .isFalse();
    }

    @Test
    void remote_states_tell_backend_kind_config_and_workspace() {
        TerraformCode code = Folder.code("""
                data "terraform_remote_state" "net" {
                  backend   = "s3"
                  workspace = "prod"
                  config = {
                    bucket = "b"
                    key    = "${var.env}/net"
                  }
                }
                """);

        RemoteState net = code.remoteStates().get(0);
        assertThat(net.name()).isEqualTo("net");
        assertThat(net.backendKind()).contains("s3");
        assertThat(net.workspace()).contains("prod");
        assertThat(net.config().text("bucket")).contains("b");
        assertThat(net.config().text("key")).isEmpty();
        assertThat(net.config().isLiteral()).isFalse();
    }

    @Test
    void variables_outputs_resources_moves_imports_and_versions_come_out() {
        TerraformCode code = Folder.code("""
                terraform {
                  required_version = ">= 1.5, < 2.0"
                }
                variable "a" {}
                variable "b" {
                  type      = map(object({ x = string }))
                  default   = null
                  sensitive = true
                }
                output "o" { value = 1 }
                output "s" {
                  value     = var.b
                  sensitive = true
                }
                resource "aws_vpc" "main" {
                  cidr_block = "10.0.0.0/8"
                }
                data "aws_ami" "latest" {}
                moved {
                  from = aws_vpc.old["x"]
                  to   = module.m[0].aws_vpc.main
                }
                import {
                  to = aws_vpc.main
                  id = "vpc-1"
                }
                """);

        assertThat(code.problems()).isEmpty();
        assertThat(code.requiredVersions()).extracting(RequiredVersion::text).containsExactly(">= 1.5, < 2.0");
        assertThat(code.requiredVersions().get(0).constraint().orElseThrow().accepts("1.11.4"))
                .isTrue();
        assertThat(code.variables())
                .extracting(Variable::name, Variable::hasDefault, Variable::sensitive, Variable::type)
                .containsExactly(
                        tuple("a", false, false, Optional.empty()),
                        tuple("b", true, true, Optional.of("map(object({ x = string }))")));
        assertThat(code.outputs())
                .extracting(Output::name, Output::sensitive)
                .containsExactly(tuple("o", false), tuple("s", true));
        assertThat(code.resources())
                .extracting(Resource::address)
                .containsExactly("aws_vpc.main", "data.aws_ami.latest");
        assertThat(code.moved())
                .extracting(Moved::from, Moved::to)
                .containsExactly(tuple("aws_vpc.old[\"x\"]", "module.m[0].aws_vpc.main"));
        assertThat(code.importBlocks()).isEqualTo(1);
    }

    @Test
    void override_files_replace_what_they_name_and_leave_the_rest() {
        TerraformCode code = new Folder()
                .with("main.tf", """
                        terraform {
                          required_version = ">= 1.0"
                          backend "s3" { bucket = "b" }
                        }
                        module "m" {
                          source  = "./a"
                        }
                        variable "v" {
                          type    = string
                          default = "x"
                        }
                        """)
                .with("a_override.tf", """
                        terraform {
                          required_version = ">= 1.2"
                          backend "local" {}
                        }
                        module "m" { source = "./b" }
                        variable "v" { sensitive = true }
                        """)
                .with("override.tf.json", "{\"module\": {\"m\": {\"source\": \"./c\"}}}")
                .code();

        assertThat(code.backend().orElseThrow().kind()).isEqualTo("local");
        assertThat(code.requiredVersions()).extracting(RequiredVersion::text).containsExactly(">= 1.2");
        assertThat(code.moduleCalls()).extracting(ModuleCall::source).containsExactly("./c");
        assertThat(code.variables())
                .extracting(Variable::hasDefault, Variable::sensitive, Variable::type)
                .containsExactly(tuple(true, true, Optional.of("string")));
    }

    @Test
    void each_dialect_reads_its_own_files_and_nothing_else_of_the_folder() {
        Folder folder = new Folder()
                .with("a.tf", "variable \"tf\" {}\n")
                .with("a.tofu", "variable \"tofu\" {}\n")
                .with("b.tofu.json", "{\"variable\": {\"json\": {}}}")
                .with(".hidden.tf", "broken {")
                .with("b.tf~", "broken {")
                .with("README.md", "not { code");

        assertThat(folder.code(Dialect.TERRAFORM).variables())
                .extracting(Variable::name)
                .containsExactly("tf");
        assertThat(folder.code(Dialect.OPENTOFU).variables())
                .extracting(Variable::name)
                .containsExactly("tofu", "json");
        assertThat(folder.code(Dialect.OPENTOFU).problems()).isEmpty();
    }

    @Test
    void json_syntax_gives_the_same_facts_as_native_syntax() {
        TerraformCode tf = Folder.code("""
                terraform {
                  required_version = ">= 1.5"
                  required_providers { aws = { source = "hashicorp/aws", version = "~> 5.0" } }
                  backend "remote" {
                    hostname = "h"
                    workspaces { prefix = "p" }
                  }
                }
                provider "aws" { alias = "x" }
                module "m" { source = "./m" }
                variable "v" {
                  type      = string
                  default   = "d"
                  sensitive = true
                }
                output "o" {
                  value     = file("${path.module}/o.txt")
                  sensitive = true
                }
                resource "aws_vpc" "a" { tags = { n = "a-${file("x")}" } }
                resource "aws_vpc" "b" {}
                data "terraform_remote_state" "s" {
                  backend = "local"
                  config  = { path = "../s" }
                }
                moved {
                  from = aws_vpc.z
                  to   = aws_vpc.a
                }
                import {
                  to = aws_vpc.a
                  id = "i"
                }
                """);
        TerraformCode json = Folder.jsonCode("""
                {
                  "//": "a comment",
                  "terraform": {
                    "required_version": ">= 1.5",
                    "required_providers": [{"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}}],
                    "backend": {"remote": {"workspaces": {"prefix": "p"}, "hostname": "h"}}
                  },
                  "provider": {"aws": [{"alias": "x"}]},
                  "module": {"m": {"source": "./m"}},
                  "variable": {"v": {"type": "string", "default": "d", "sensitive": true}},
                  "output": {"o": {"value": "${file(\\"${path.module}/o.txt\\")}", "sensitive": true}},
                  "resource": [
                    {"aws_vpc": {"a": {"tags": {"n": "a-${file(\\"x\\")}"}}}},
                    {"aws_vpc": {"b": [{}]}}
                  ],
                  "data": {"terraform_remote_state": {"s": {"backend": "local", "config": {"path": "../s"}}}},
                  "moved": [{"from": "aws_vpc.z", "to": "aws_vpc.a"}],
                  "import": {"to": "aws_vpc.a", "id": "i"}
                }
                """);

        assertThat(tf.problems()).isEmpty();
        assertThat(FactsText.of(json)).isEqualTo(FactsText.of(tf));
        assertThat(json.moduleCalls().get(0).position()).hasToString("main.tf.json:9:19");
    }
}
