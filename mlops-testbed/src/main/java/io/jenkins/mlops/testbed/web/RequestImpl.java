package io.jenkins.mlops.testbed.web;

import io.jenkins.mlops.testbed.host.DataBinder;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.lang.reflect.Type;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.sf.json.JSONArray;
import net.sf.json.JSONException;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.Ancestor;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A request with the objects that it has passed. */
final class RequestImpl extends HttpServletRequestWrapper implements StaplerRequest2 {
    private final List<AncestorImpl> ancestors = new ArrayList<>();
    private final List<String> rawTokens = new ArrayList<>();
    private final boolean endsWithSlash;
    private int at;
    private JSONObject form;

    RequestImpl(HttpServletRequest req) {
        super(req);
        String path = req.getRequestURI().substring(req.getContextPath().length());
        endsWithSlash = path.isEmpty() || path.endsWith("/");
        for (String token : path.split("/")) {
            if (!token.isEmpty()) {
                rawTokens.add(token);
            }
        }
    }

    boolean endsWithSlash() {
        return endsWithSlash;
    }

    boolean hasMore() {
        return at < rawTokens.size();
    }

    int position() {
        return at;
    }

    void position(int to) {
        at = to;
    }

    String next() {
        return decode(rawTokens.get(at++));
    }

    private static String decode(String token) {
        return URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    void push(Object o) {
        ancestors.add(new AncestorImpl(o, ancestors.size(), at));
    }

    void pop() {
        ancestors.remove(ancestors.size() - 1);
    }

    private String path(int from, int to, boolean decoded) {
        StringBuilder b = new StringBuilder();
        for (String t : rawTokens.subList(from, to)) {
            b.append('/').append(decoded ? decode(t) : t);
        }
        return b.toString();
    }

    @Override
    public String getRestOfPath() {
        String rest = path(at, rawTokens.size(), true);
        return endsWithSlash && !rest.isEmpty() ? rest + "/" : rest;
    }

    @Override
    public String getOriginalRestOfPath() {
        return path(at, rawTokens.size(), false);
    }

    @Override
    public ServletContext getServletContext() {
        return super.getServletContext();
    }

    @Override
    public String getRequestURIWithQueryString() {
        return getRequestURI() + (getQueryString() == null ? "" : "?" + getQueryString());
    }

    @Override
    public StringBuffer getRequestURLWithQueryString() {
        StringBuffer b = getRequestURL();
        return getQueryString() == null ? b : b.append('?').append(getQueryString());
    }

    @Override
    public RequestDispatcher getView(Object it, String viewName) throws IOException {
        return Views.dispatcher(it, viewName);
    }

    @Override
    public String getRootPath() {
        return getRequestURL().substring(0, getRequestURL().indexOf("/", 8)) + getContextPath();
    }

    @Override
    public String getReferer() {
        return getHeader("Referer");
    }

    @Override
    public List<Ancestor> getAncestors() {
        return List.copyOf(ancestors);
    }

    @Override
    public Ancestor findAncestor(Class type) {
        for (int i = ancestors.size() - 1; i >= 0; i--) {
            if (type.isInstance(ancestors.get(i).object)) {
                return ancestors.get(i);
            }
        }
        return null;
    }

    @Override
    public <T> T findAncestorObject(Class<T> type) {
        Ancestor a = findAncestor(type);
        return a == null ? null : type.cast(a.getObject());
    }

    @Override
    public Ancestor findAncestor(Object o) {
        for (AncestorImpl a : ancestors) {
            if (a.object == o) {
                return a;
            }
        }
        return null;
    }

    @Override
    public boolean hasParameter(String name) {
        return getParameter(name) != null;
    }

    @Override
    public String getOriginalRequestURI() {
        return getRequestURI();
    }

    @Override
    public void bindParameters(Object bean) {
        JSONObject values = new JSONObject();
        getParameterMap().forEach((k, v) -> values.put(k, v.length == 1 ? v[0] : JSONArray.fromObject(v)));
        new DataBinder(this).injectAll(bean, values);
    }

    @Override
    public <T> T bindJSON(Class<T> type, JSONObject src) {
        return new DataBinder(this).bind(type, src);
    }

    @Override
    public <T> T bindJSON(Type genericType, Class<T> erasure, Object json) {
        return erasure.cast(new DataBinder(this).convert(json, genericType));
    }

    @Override
    public void bindJSON(Object bean, JSONObject src) {
        new DataBinder(this).injectAll(bean, src);
    }

    @Override
    public <T> List<T> bindJSONToList(Class<T> type, Object src) {
        List<T> found = new ArrayList<>();
        if (src instanceof JSONArray array) {
            for (Object o : array) {
                found.add(bindJSON(type, (JSONObject) o));
            }
        } else if (src instanceof JSONObject o) {
            found.add(bindJSON(type, o));
        }
        return found;
    }

    @Override
    public JSONObject getSubmittedForm() throws ServletException {
        if (form == null) {
            String json = getParameter("json");
            if (json == null) {
                throw HttpResponses.errorWithoutStack(
                        StaplerResponse2.SC_BAD_REQUEST, "This page expects a form submission but had only parameters");
            }
            try {
                form = JSONObject.fromObject(json);
            } catch (JSONException e) {
                throw new ServletException("Failed to parse JSON: " + json, e);
            }
        }
        return form;
    }

    private final class AncestorImpl implements Ancestor {
        private final Object object;
        private final int index;
        private final int position;

        AncestorImpl(Object object, int index, int position) {
            this.object = object;
            this.index = index;
            this.position = position;
        }

        @Override
        public Object getObject() {
            return object;
        }

        @Override
        public String getUrl() {
            return getContextPath() + path(0, position, false);
        }

        @Override
        public String getRestOfUrl() {
            return path(position, rawTokens.size(), false);
        }

        @Override
        public String getNextToken(int n) {
            return position + n < rawTokens.size() ? decode(rawTokens.get(position + n)) : null;
        }

        @Override
        public String getFullUrl() {
            return getRequestURL().substring(0, getRequestURL().indexOf("/", 8)) + getUrl();
        }

        @Override
        public String getRelativePath() {
            int up = rawTokens.size() - position - (endsWithSlash ? 0 : 1);
            return up <= 0 ? "." : "../".repeat(up).replaceFirst("/$", "");
        }

        @Override
        public Ancestor getPrev() {
            return index == 0 ? null : ancestors.get(index - 1);
        }

        @Override
        public Ancestor getNext() {
            return index + 1 < ancestors.size() ? ancestors.get(index + 1) : null;
        }

        @Override
        public String toString() {
            return object.toString();
        }
    }
}
