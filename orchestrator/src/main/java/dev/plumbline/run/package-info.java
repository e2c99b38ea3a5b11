/**
 * The ledger: runs and their states, lanes and fencing tokens, capacity, managed state, and recovery after a crash.
 *
 * <p>May use: config, git, hcl, process, secret, stack, store, terraform.
 */
@NullMarked
package dev.plumbline.run;

import org.jspecify.annotations.NullMarked;
