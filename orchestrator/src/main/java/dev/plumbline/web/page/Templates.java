package dev.plumbline.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Fills the templates, which were made into Java when the program was built. */
final class Templates {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    /**
     * @param name of the file under {@code src/main/jte}, without its ending
     * @param page its one parameter
     */
    String fill(String name, Object page) {
        StringOutput output = new StringOutput(16_384);
        engine.render(name + ".jte", page, output);
        return output.toString();
    }
}
