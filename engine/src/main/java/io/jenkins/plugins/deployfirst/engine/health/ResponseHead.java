package io.jenkins.plugins.deployfirst.engine.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP answer, as curl and wget write it down.
 *
 * @param status such as 200
 * @param fields by name in any case; of several with one name the last
 */
record ResponseHead(int status, Map<String, String> fields) {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/[0-9.]+ (\\d{3})\\b.*");

    /** Reads all heads of a conversation, those of interim answers and redirects too, in their order. */
    static List<ResponseHead> parse(String text) {
        List<ResponseHead> heads = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            Matcher status = STATUS_LINE.matcher(line);
            int colon = line.indexOf(':');
            if (status.matches()) {
                int code = Integer.parseInt(status.group(1));
                heads.add(new ResponseHead(code, new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
            } else if (colon > 0 && !heads.isEmpty()) {
                String value = line.substring(colon + 1).strip();
                heads.get(heads.size() - 1).fields().put(line.substring(0, colon), value);
            }
        }
        return heads;
    }

    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}
