package dev.plumbline.web.page;

import dev.plumbline.web.Views;
import java.util.List;

/** @param people what waits for a person */
public record QueuePage(Shell shell, Views.Queue queue, List<String> people) {}
