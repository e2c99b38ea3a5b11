package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.Secrets;
import dev.plumbline.terraform.report.Limit;
import dev.plumbline.terraform.report.PlanReport;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What only a provider with a schema of its own can show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsPlanTest {
    private static final String CREATES = """
            resource "aws_ssm_parameter" "p" {
              name  = "/a/b"
              type  = "SecureString"
              value = "created-ssm-secret"
            }
            resource "aws_iam_policy" "p" {
              name   = "p"
              policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
            }
            resource "aws_security_group" "g" {
              name = "g"
              ingress {
                from_port   = 80
                to_port     = 80
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8", "10.1.0.0/16"]
              }
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = [aws_ssm_parameter.p.insecure_value]
              }
            }
            resource "aws_db_instance" "d" {
              instance_class      = "db.t3.micro"
              engine              = "mysql"
              username            = "admin"
              password            = "created-db-secret"
              allocated_storage   = 10
              skip_final_snapshot = true
            }
            resource "aws_sqs_queue" "q" {
              name = "q"
              tags = { Name = "q", "a b" = "c" }
            }
            resource "aws_cloudwatch_metric_alarm" "m" {
              alarm_name          = "m"
              comparison_operator = "GreaterThanThreshold"
              evaluation_periods  = 2
              threshold           = 0.5
              metric_name         = "CPU"
              namespace           = "n"
              period              = 60
              statistic           = "Average"
            }
            """;

    private static final String REPLACED = """
            resource "aws_ssm_parameter" "p" {
              name  = "/new/name"
              type  = "SecureString"
              value = "replaced-ssm-secret"
            }
            """;

    private static final String STATE = AwsPlans.state("aws_ssm_parameter", "p", """
            { "id": "/old/name", "name": "/old/name", "type": "SecureString", "value": "original-ssm-secret", "arn": "arn:x",
              "allowed_pattern": "", "data_type": "text", "description": "", "has_value_wo": null, "insecure_value": null,
              "key_id": "alias/aws/ssm", "overwrite": null, "tags": null, "tags_all": {}, "tier": "Standard",
              "value_wo": null, "value_wo_version": null, "version": 1 }""");

    private static final String NOTHING =
            "{ \"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"l\", \"outputs\": {}, \"resources\": [] }";

    private SensitiveSchema schema = SensitiveSchema.none();
    private Path folder = Path.of("");

    @BeforeAll
    void make_ready(@TempDir Path temporary) {
        RealPlans.assumeTerraform();
        folder = AwsPlans.ready(temporary);
        schema = SensitiveSchema.fromProvidersSchema(RealPlans.run(folder, Set.of(0), "providers", "schema", "-json"));
    }

    @Test
    void creates_are_read_as_show_says_and_nothing_marked_is_shown() {
        RealPlans.Made made = AwsPlans.plan(folder, "creates", CREATES, NOTHING);
        assertReadAlike(made);
        assertShowsNone(made, "created-ssm-secret", "created-db-secret");
    }

    @Test
    void a_replace_whose_new_mark_is_missing_leaks_neither_value() {
        RealPlans.Made made = AwsPlans.plan(folder, "replaced", REPLACED, STATE);
        Plan direct = Comparison.read(new PlanReader().fromFile(made.file()));
        assertThat(direct.changes().get(0).action()).isEqualTo(Action.REPLACE_DESTROY_FIRST);
        assertThat(direct.changes().get(0).change().afterSensitive()).isEmpty();
        assertReadAlike(made);
        assertShowsNone(made, "original-ssm-secret", "replaced-ssm-secret");
    }

    @Test
    void the_schema_knows_plain_and_nested_attributes_and_survives_its_cache() {
        String aws = "registry.terraform.io/hashicorp/aws";
        assertThat(schema.covers(aws)).isTrue();
        assertThat(schema.paths(aws, ResourceAddress.Mode.MANAGED, "aws_ssm_parameter"))
                .contains(dev.plumbline.terraform.plan.Path.of("value"));
        assertThat(schema.paths(aws, ResourceAddress.Mode.MANAGED, "aws_elasticsearch_domain"))
                .map(Object::toString)
                .contains("advanced_security_options[*].master_user_options[*].master_user_password");
        byte[] kept = schema.toBytes();
        assertThat(kept.length).isLessThan(100_000);
        assertThat(SensitiveSchema.fromBytes(kept)).contains(schema);
    }

    private void assertReadAlike(RealPlans.Made made) {
        Plan direct = Comparison.read(new PlanReader().fromFile(made.file()));
        Plan shown = Comparison.read(new PlanReader().fromShowJson(made.showJson()));
        assertThat(Comparison.withoutMarks(direct)).isEqualTo(Comparison.withoutMarks(shown));
        Comparison.assertMarksAreASuperset(direct.marked(schema), shown);
    }

    private void assertShowsNone(RealPlans.Made made, String... secrets) {
        Plan direct = Comparison.read(new PlanReader().fromFile(made.file()));
        PlanReport report = PlanReport.of("stacks/x", direct, schema, Secrets.none());
        assertThat(report.text(Limit.none(), false).text())
                .contains("(sensitive value)")
                .doesNotContain(secrets);
        assertThat(report.markdown(Limit.none()).text())
                .contains("(sensitive value)")
                .doesNotContain(secrets);
        assertThat(report.json()).contains("(sensitive value)").doesNotContain(secrets);
    }
}
