package dev.plumbline.run;

import dev.plumbline.git.CommitSha;
import dev.plumbline.stack.Stack;

/**
 * A stack as a commit has it.
 *
 * @param tree of that commit
 */
public record StackCode(Stack stack, CommitSha commit, String tree) {}
