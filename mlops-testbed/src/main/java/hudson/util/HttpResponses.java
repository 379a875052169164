package hudson.util;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.mlops.testbed.web.Responses;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;

/** Answers in Jenkins' JSON envelope. */
public class HttpResponses extends org.kohsuke.stapler.HttpResponses {
    public static HttpResponse okJSON() {
        return envelope("ok", null, null);
    }

    public static HttpResponse okJSON(@NonNull JSONObject data) {
        return envelope("ok", null, data);
    }

    public static HttpResponse okJSON(@NonNull JSONArray data) {
        return envelope("ok", null, data);
    }

    public static HttpResponse okJSON(@NonNull Map<?, ?> data) {
        return envelope("ok", null, JSONObject.fromObject(data));
    }

    public static HttpResponse errorJSON(@NonNull String message) {
        return envelope("error", message, null);
    }

    public static HttpResponse errorJSON(@NonNull String message, @NonNull Map<?, ?> data) {
        return envelope("error", message, JSONObject.fromObject(data));
    }

    public static HttpResponse errorJSON(@NonNull String message, @NonNull JSONObject data) {
        return envelope("error", message, data);
    }

    private static HttpResponse envelope(String status, String message, Object data) {
        JSONObject o = new JSONObject();
        o.put("status", status);
        if (message != null) {
            o.put("message", message);
        }
        if (data != null) {
            o.put("data", data);
        }
        return Responses.text("application/json;charset=UTF-8", o.toString());
    }
}
