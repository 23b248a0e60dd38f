/** Rules about client registration. */
@NullMarked
package io.github.mcpauth.rules.diagnosis.registration;

import org.jspecify.annotations.NullMarked;
