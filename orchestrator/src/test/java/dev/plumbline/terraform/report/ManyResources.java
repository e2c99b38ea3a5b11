package dev.plumbline.terraform.report;

import dev.plumbline.terraform.plan.Plan;
import dev.plumbline.terraform.plan.PlanReader;
import dev.plumbline.terraform.plan.PlanReading;
import java.nio.charset.StandardCharsets;

/** A plan of any number of resources, every other one destroyed, as {@code show -json} would print it. */
final class ManyResources {
    private ManyResources() {}

    static Plan plan(int count) {
        StringBuilder json = new StringBuilder(
                "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"complete\":true,\"resource_changes\":[");
        for (int i = 0; i < count; i++) {
            String value = "{\"input\":\"value number " + i + " 🚀\",\"list\":[" + i + "," + (i + 1) + "]}";
            boolean create = i % 2 == 0;
            json.append(i == 0 ? "" : ",")
                    .append("{\"address\":\"terraform_data.r[" + i
                            + "]\",\"mode\":\"managed\",\"type\":\"terraform_data\",")
                    .append(
                            "\"name\":\"r\",\"provider_name\":\"terraform.io/builtin/terraform\",\"change\":{\"actions\":[")
                    .append(create ? "\"create\"" : "\"delete\"")
                    .append("],\"before\":")
                    .append(create ? "null" : value)
                    .append(",\"after\":")
                    .append(create ? value : "null")
                    .append(",\"after_unknown\":{}}}");
        }
        byte[] bytes = json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
        return ((PlanReading.Read) new PlanReader().fromShowJson(bytes)).plan();
    }
}
