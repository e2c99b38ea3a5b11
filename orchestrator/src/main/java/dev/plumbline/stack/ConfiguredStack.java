package dev.plumbline.stack;

import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.StackConfig;

/** A stack before it is linked to others, with the places of what its stack.yaml says. */
record ConfiguredStack(Stack stack, ConfigFile<StackConfig> file) {}
