package dev.plumbline.terraform.plan;

import dev.plumbline.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans with the real AWS provider, made without a network: only plans of what needs no answer from the cloud. */
public final class AwsPlans {
    private static final String NAME = "registry.terraform.io";
    /** The provider as code, which asks the cloud for nothing. */
    public static final String PROVIDER = """
            terraform {
              required_providers {
                aws = {
                  source  = "hashicorp/aws"
                  version = "5.100.0"
                }
              }
            }
            provider "aws" {
              region                      = "eu-west-1"
              access_key                  = "none"
              secret_key                  = "none"
              skip_credentials_validation = true
              skip_requesting_account_id  = true
              skip_metadata_api_check     = true
              skip_region_validation      = true
            }
            """;

    private AwsPlans() {}

    /** A folder made ready with the provider from a local mirror; skips aloud where there is none. */
    static Path ready(Path folder) {
        configuration(folder);
        try {
            Files.writeString(folder.resolve("main.tf"), PROVIDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RealPlans.run(folder, Set.of(0), "init", "-input=false", "-no-color");
        return folder;
    }

    /** A configuration of Terraform's by which it takes the provider from a local mirror; skips aloud where there is none. */
    public static Path configuration(Path folder) {
        Path mirror = RealParts.require("aws-provider", mirror(), "the AWS provider 5.100.0 is in no local mirror");
        Path file = folder.resolve("cli.tfrc");
        try {
            Files.writeString(file, """
                    provider_installation {
                      filesystem_mirror {
                        path = "%s"
                      }
                    }
                    """.formatted(mirror));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Plans that code over that state, without asking the cloud anything. */
    static RealPlans.Made plan(Path folder, String name, String code, String state) {
        try {
            Files.writeString(folder.resolve("main.tf"), PROVIDER + code);
            Files.writeString(folder.resolve("terraform.tfstate"), state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RealPlans.plan(folder, RealPlans.Shape.of(name, "", code, "-refresh=false"));
    }

    /** A state with one resource of those attributes. */
    public static String state(String type, String name, String attributes) {
        return """
                { "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "l", "outputs": {}, "resources": [
                  { "mode": "managed", "type": "%s", "name": "%s",
                    "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"]",
                    "instances": [ { "schema_version": 0, "attributes": %s, "sensitive_attributes": [] } ] } ] }
                """.formatted(type, name, attributes);
    }

    private static Optional<Path> mirror() {
        Path home = Path.of(System.getProperty("user.home"));
        List<Path> implicit =
                List.of(home.resolve(".terraform.d/plugins"), home.resolve(".local/share/terraform/plugins"));
        return Stream.concat(implicit.stream(), addOns())
                .filter(AwsPlans::holdsProvider)
                .findFirst();
    }

    /** The folders one level under the system's for add-on software. */
    private static Stream<Path> addOns() {
        Path root = Path.of("/").resolve("opt");
        if (!Files.isDirectory(root)) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean holdsProvider(Path folder) {
        return Files.isDirectory(folder.resolve(NAME + "/hashicorp/aws/5.100.0"));
    }
}
