package io.jenkins.mlops.testbed.web;

import hudson.Util;
import io.jenkins.mlops.testbed.host.DataBinder;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.util.TimeDuration;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.Header;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.json.JsonBody;

/** Finds the methods of a class that the web may call, and what to call them with. */
final class WebMethods {
    private static final Map<Class<?>, List<Method>> PUBLIC = new ConcurrentHashMap<>();

    private WebMethods() {}

    /** Public methods, those of subclasses first; bridges left out. */
    private static List<Method> all(Class<?> type) {
        return PUBLIC.computeIfAbsent(type, t -> {
            List<Method> found = new ArrayList<>(Arrays.asList(t.getMethods()));
            found.removeIf(m -> m.isBridge() || m.getDeclaringClass() == Object.class);
            found.sort(Comparator.comparing((Method m) -> depth(m.getDeclaringClass()))
                    .reversed());
            return List.copyOf(found);
        });
    }

    private static int depth(Class<?> c) {
        int n = c.isInterface() ? 0 : 1;
        for (Class<?> s = c.getSuperclass(); s != null; s = s.getSuperclass()) {
            n++;
        }
        return n;
    }

    static List<Method> actions(Class<?> type) {
        return all(type);
    }

    static Method named(Class<?> type, String token, RequestImpl req) {
        for (Method m : all(type)) {
            WebMethod w = m.getAnnotation(WebMethod.class);
            if (w != null && Arrays.asList(w.name()).contains(token) && Router.takes(m, req)) {
                return m;
            }
        }
        return null;
    }

    static Method getter(Class<?> type, String name) {
        for (Method m : all(type)) {
            if (m.getName().equals(name)
                    && (m.getParameterCount() == 0
                            || m.getParameterCount() == 1 && m.getParameterTypes()[0] == StaplerRequest2.class)
                    && m.getParameterCount() == 0
                    && routable(m)) {
                return m;
            }
        }
        return null;
    }

    static Method keyedGetter(Class<?> type, String name) {
        for (Method m : all(type)) {
            if (m.getName().equals(name) && m.getParameterCount() == 1 && routable(m)) {
                Class<?> p = m.getParameterTypes()[0];
                if (p == String.class || p == int.class || p == long.class) {
                    return m;
                }
            }
        }
        return null;
    }

    static Object key(Method m, String token) {
        Class<?> type = m.getParameterTypes()[0];
        try {
            return type == int.class
                    ? (Object) Integer.valueOf(token)
                    : type == long.class ? Long.valueOf(token) : token;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** As on a controller, the way doesn't lead through values of the JDK or static methods. */
    private static boolean routable(Method m) {
        Class<?> r = m.getReturnType();
        return !Modifier.isStatic(m.getModifiers())
                && !r.isPrimitive()
                && !r.isArray()
                && (r == Object.class || !r.getName().startsWith("java."));
    }

    static List<Method> dynamic(Class<?> type) {
        List<Method> found = new ArrayList<>();
        for (Method m : all(type)) {
            Class<?>[] p = m.getParameterTypes();
            if (m.getName().equals("getDynamic")
                    && p.length > 0
                    && p[0] == String.class
                    && (p.length == 1 || p.length == 3 && p[1] == StaplerRequest2.class)) {
                found.add(m);
            }
        }
        return found.size() > 1 ? found.subList(0, 1) : found;
    }

    static Object[] dynamicArguments(Method m, String token, RequestImpl req, ResponseImpl rsp) {
        return m.getParameterCount() == 1 ? new Object[] {token} : new Object[] {token, req, rsp};
    }

    static Object[] arguments(Method m, RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        Parameter[] parameters = m.getParameters();
        Object[] args = new Object[parameters.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = argument(m, parameters[i], req, rsp);
        }
        return args;
    }

    private static Object argument(Method m, Parameter p, RequestImpl req, ResponseImpl rsp)
            throws IOException, ServletException {
        Class<?> type = p.getType();
        if (type == StaplerRequest2.class || type == HttpServletRequest.class) {
            return req;
        }
        if (type == StaplerResponse2.class || type == HttpServletResponse.class) {
            return rsp;
        }
        if (p.isAnnotationPresent(AncestorInPath.class)) {
            return req.findAncestorObject(type);
        }
        QueryParameter query = p.getAnnotation(QueryParameter.class);
        if (query != null) {
            return parameter(query, p, req);
        }
        Header header = p.getAnnotation(Header.class);
        if (header != null) {
            String value = req.getHeader(header.value());
            if (value == null && header.required()) {
                throw new ServletException("Required HTTP header " + header.value() + " is missing");
            }
            return value;
        }
        if (p.isAnnotationPresent(JsonBody.class)) {
            return body(type, req);
        }
        throw new ServletException("Nothing to inject into parameter " + p.getName() + " of " + m);
    }

    private static Object parameter(QueryParameter query, Parameter p, RequestImpl req) throws ServletException {
        String name = query.value().isEmpty() ? p.getName() : query.value();
        Class<?> type = p.getType();
        if (type == String[].class) {
            return req.getParameterValues(name);
        }
        String value = req.getParameter(name);
        if (query.required() && value == null) {
            throw HttpResponses.errorWithoutStack(
                    StaplerResponse2.SC_BAD_REQUEST, "Required Query parameter " + name + " is missing");
        }
        if (query.fixEmpty()) {
            value = Util.fixEmpty(value);
        }
        if (type == TimeDuration.class) {
            return TimeDuration.fromString(value);
        }
        try {
            boolean blank = value == null || value.isBlank() && type != String.class;
            return new DataBinder(req).convert(blank ? null : value, type);
        } catch (NumberFormatException e) {
            throw HttpResponses.errorWithoutStack(
                    StaplerResponse2.SC_BAD_REQUEST, "Query parameter " + name + " is no number: " + value);
        } catch (IllegalArgumentException e) {
            throw HttpResponses.errorWithoutStack(StaplerResponse2.SC_BAD_REQUEST, e.getMessage());
        }
    }

    private static Object body(Class<?> type, RequestImpl req) throws IOException {
        try {
            JSONObject json = JSONObject.fromObject(
                    new String(req.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            return type == JSONObject.class ? json : JSONObject.toBean(json, type);
        } catch (JSONException e) {
            throw HttpResponses.errorWithoutStack(StaplerResponse2.SC_BAD_REQUEST, "The body is not JSON");
        }
    }
}
