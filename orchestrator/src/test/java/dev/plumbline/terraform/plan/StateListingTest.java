package dev.plumbline.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.secret.Masker;
import dev.plumbline.secret.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StateListingTest {
    private static final SensitiveSchema SCHEMA =
            SensitiveSchema.fromProvidersSchema("""
            {"format_version": "1.0", "provider_schemas": {"example.org/some/vault": {"resource_schemas": {"vault_key": {
              "block": {"attributes": {"id": {}, "pin": {"sensitive": true}},
                "block_types": {"user": {"nesting_mode": "list",
                  "block": {"attributes": {"name": {}, "word": {"sensitive": true}}}}}}}}}}}
            """.getBytes(StandardCharsets.UTF_8));

    private static final byte[] STATE = """
            {"version": 4, "serial": 3, "lineage": "one", "outputs": {
               "open": {"value": "told: open-sesame", "type": "string"},
               "shut": {"value": 17, "type": "number", "sensitive": true}},
             "resources": [
              {"mode": "managed", "type": "vault_key", "name": "k", "module": "module.m",
               "provider": "provider[\\"example.org/some/vault\\"]",
               "instances": [{"index_key": "a b", "attributes": {"id": "key-1", "pin": 1234, "note": null,
                 "user": [{"name": "ann", "word": "open-sesame"}, {"name": "bob", "word": null}]}}]},
              {"mode": "managed", "type": "terraform_data", "name": "it",
               "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
               "instances": [{"index_key": 0, "attributes": {"id": "d-0", "input": {"value": {"a": "seen", "b": "unseen"},
                 "type": ["object", {"a": "string", "b": "string"}]}, "output": "unseen"},
                 "sensitive_attributes": [[{"type": "get_attr", "value": "input"}, {"type": "get_attr", "value": "b"}]]}]},
              {"mode": "data", "type": "terraform_remote_state", "name": "other",
               "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
               "instances": [{"attributes": {"backend": "local", "outputs": {"value": {"word": "of-others"}}}}]}
             ], "check_results": null}
            """.getBytes(StandardCharsets.UTF_8);

    private static JsonNode shown(SensitiveSchema schema, String address) {
        StateListing listing = StateListing.of(STATE, schema, Secrets.none(), Optional.of(address));
        assertThat(listing.entries()).hasSize(1);
        return JsonMapper.shared()
                .readTree(JsonMapper.shared()
                        .writeValueAsString(listing.entries().get(0).attributes()));
    }

    @Test
    void what_a_schema_calls_sensitive_is_masked_where_it_stands_and_wherever_it_is_repeated() {
        assertThat(shown(SCHEMA, "module.m.vault_key.k"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"id": "key-1", "pin": "%1$s", "note": null,
                 "user": [{"name": "ann", "word": "%1$s"}, {"name": "bob", "word": "%1$s"}]}
                """.formatted(Masker.MASK)));
        assertThat(StateListing.of(STATE, SCHEMA, Secrets.none(), Optional.empty())
                        .outputs()
                        .toString())
                .contains("told: " + Masker.MASK)
                .doesNotContain("sesame", "17");
    }

    @Test
    void without_a_schema_nothing_of_a_provider_is_shown_but_which_attributes_there_are() {
        assertThat(shown(SensitiveSchema.none(), "module.m"))
                .isEqualTo(JsonMapper.shared().readTree("""
                {"id": "%1$s", "pin": "%1$s", "note": null, "user": "%1$s"}
                """.formatted(StateListing.UNTOLD)));
    }

    @Test
    void what_is_built_in_needs_no_schema_and_what_other_stacks_give_out_is_not_shown() {
        JsonNode data = shown(SensitiveSchema.none(), "terraform_data.it");

        assertThat(data.at("/input/value/a").asString()).isEqualTo("seen");
        assertThat(data.at("/input/value/b").asString()).isEqualTo(Masker.MASK);
        assertThat(data.at("/output").asString()).isEqualTo(Masker.MASK);
        assertThat(shown(SensitiveSchema.none(), "data.terraform_remote_state.other")
                        .toString())
                .doesNotContain("of-others", "local");
    }

    @Test
    void addresses_are_as_terraform_prints_them() {
        assertThat(StateListing.addresses(STATE))
                .containsExactly(
                        "module.m.vault_key.k[\"a b\"]", "terraform_data.it[0]", "data.terraform_remote_state.other");
        assertThat(StateListing.addresses(new byte[0])).isEmpty();
    }
}
