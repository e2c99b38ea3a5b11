package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;

/** @param warnings promises this server can't keep here */
public record DriftPage(
        Shell shell, List<String> alerts, List<Views.Stack> drifted, int checked, int all, List<String> warnings) {}
