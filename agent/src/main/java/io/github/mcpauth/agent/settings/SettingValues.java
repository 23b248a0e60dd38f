package io.github.mcpauth.agent.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of settings; null means that the text is none. */
final class SettingValues {

  /** Bytes from {@code 65536}, {@code 64KiB}, {@code 20MiB} or {@code 1MB}; at least 1. */
  static @Nullable Long size(String text) {
    String lower = text.trim().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && Character.isDigit(lower.charAt(digits))) {
      digits++;
    }
    Long unit = unit(lower.substring(digits).trim());
    if (digits == 0 || digits > 12 || unit == null) {
      return null;
    }
    long bytes = Long.parseLong(lower.substring(0, digits)) * unit;
    return bytes < 1 ? null : bytes;
  }

  private static @Nullable Long unit(String name) {
    return switch (name) {
      case "", "b" -> 1L;
      case "k", "kib" -> 1024L;
      case "kb" -> 1000L;
      case "m", "mib" -> 1024L * 1024;
      case "mb" -> 1_000_000L;
      case "g", "gib" -> 1024L * 1024 * 1024;
      case "gb" -> 1_000_000_000L;
      default -> null;
    };
  }

  static @Nullable Boolean bool(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes", "1" -> true;
      case "false", "off", "no", "0" -> false;
      default -> null;
    };
  }

  /** The constant with this name, {@code -} standing for {@code _}. */
  static <E extends Enum<E>> @Nullable E constant(Class<E> type, String text) {
    String wanted = text.trim().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(wanted)) {
        return constant;
      }
    }
    return null;
  }

  private SettingValues() {}
}
