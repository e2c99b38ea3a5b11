/**
 * The database and the artifact folder: connections, transactions, migrations, encrypted artifacts, the live feed.
 *
 * <p>May use: secret.
 */
@NullMarked
package dev.plumbline.store;

import org.jspecify.annotations.NullMarked;
