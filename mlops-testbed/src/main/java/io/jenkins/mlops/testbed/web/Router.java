package io.jenkins.mlops.testbed.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.DELETE;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;
import org.kohsuke.stapler.verb.PUT;

/**
 * Walks from object to object along a request's path, by Stapler's rules.
 *
 * <p>For each token in turn: {@code doToken(...)} or a method with that {@code @WebMethod} name, a view
 * {@code token.jelly}, {@code getToken()}, {@code getToken(next)}, {@code getDynamic(token)}, {@code doDynamic}. At the
 * end of the path: {@code doIndex}, {@code index.jelly}. A {@link StaplerProxy} is replaced by its target first, a
 * {@link StaplerFallback} is asked last.
 */
final class Router {
    private Router() {}

    static void serve(RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        if (StaticFiles.serve(req, rsp)) {
            return;
        }
        Jenkins root = Jenkins.get();
        if (!root.hasPermission(Jenkins.READ) && root.getTarget() == null) {
            root.checkPermission(Jenkins.READ);
        }
        try {
            if (!walk(root, req, rsp)) {
                rsp.sendError(StaplerResponse2.SC_NOT_FOUND, "Not Found");
            }
        } catch (NotRouted e) {
            rsp.sendError(StaplerResponse2.SC_NOT_FOUND, "Not Found");
        }
    }

    /** Says that the path leads nowhere, whatever else might be tried. */
    private static final class NotRouted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotRouted() {
            super(null, null, false, false);
        }
    }

    private static boolean walk(Object node, RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        if (node == null) {
            return false;
        }
        if (node instanceof StaplerProxy proxy) {
            req.push(node);
            Object target = answered(proxy::getTarget, node, req, rsp);
            if (target == DONE) {
                return true;
            }
            if (target == null) {
                throw new NotRouted();
            }
            if (target != node) {
                boolean done = walk(target, req, rsp);
                req.pop();
                return done;
            }
            req.pop();
        }
        int here = req.position();
        req.push(node);
        boolean done = req.hasMore() ? token(node, req, rsp) : end(node, req, rsp);
        if (done) {
            return true;
        }
        req.pop();
        req.position(here);
        if (node instanceof StaplerFallback f) {
            Object behind = f.getStaplerFallback();
            return behind != null && behind != node && walk(behind, req, rsp);
        }
        return false;
    }

    private static boolean end(Object node, RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        Method index = find(node.getClass(), "doIndex", req);
        boolean view = Views.exists(node, "index");
        if (index == null && !view) {
            return false;
        }
        if (!req.endsWithSlash() && req.getMethod().equals("GET")) {
            String query = req.getQueryString();
            rsp.sendRedirect(
                    StaplerResponse2.SC_MOVED_TEMPORARILY,
                    req.getRequestURI() + "/" + (query == null ? "" : "?" + query));
            return true;
        }
        if (index != null) {
            invoke(node, index, req, rsp);
        } else {
            Views.render(node, "index", req, rsp);
        }
        return true;
    }

    private static boolean token(Object node, RequestImpl req, ResponseImpl rsp) throws IOException, ServletException {
        int here = req.position();
        String token = req.next();
        String camel = camel(token);
        Method action = find(node.getClass(), "do" + camel, req);
        if (action == null) {
            action = WebMethods.named(node.getClass(), token, req);
        }
        if (action != null) {
            invoke(node, action, req, rsp);
            return true;
        }
        if (!req.hasMore() && !token.contains(".") && !token.contains("/") && Views.exists(node, token)) {
            Views.render(node, token, req, rsp);
            return true;
        }
        Method getter = WebMethods.getter(node.getClass(), "get" + camel);
        if (getter != null) {
            Object next = answered(() -> call(node, getter), node, req, rsp);
            if (next == DONE || walk(next, req, rsp)) {
                return true;
            }
        }
        if (req.hasMore()) {
            Method keyed = WebMethods.keyedGetter(node.getClass(), "get" + camel);
            if (keyed != null) {
                int before = req.position();
                Object key = WebMethods.key(keyed, req.next());
                Object next = key == null ? null : answered(() -> call(node, keyed, key), node, req, rsp);
                if (next == DONE || walk(next, req, rsp)) {
                    return true;
                }
                req.position(before);
            }
        }
        for (Method dynamic : WebMethods.dynamic(node.getClass())) {
            Object next = answered(
                    () -> call(node, dynamic, WebMethods.dynamicArguments(dynamic, token, req, rsp)), node, req, rsp);
            if (next == DONE || walk(next, req, rsp)) {
                return true;
            }
        }
        Method doDynamic = find(node.getClass(), "doDynamic", req);
        if (doDynamic != null) {
            req.position(here);
            invoke(node, doDynamic, req, rsp);
            return true;
        }
        return false;
    }

    static String camel(String token) {
        StringBuilder b = new StringBuilder();
        for (String part : token.split("-")) {
            if (!part.isEmpty()) {
                b.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
            }
        }
        return b.toString();
    }

    private static Method find(Class<?> type, String name, RequestImpl req) {
        for (Method m : WebMethods.actions(type)) {
            if (m.getName().equals(name)
                    && !m.isAnnotationPresent(org.kohsuke.stapler.WebMethod.class)
                    && takes(m, req)) {
                return m;
            }
        }
        return null;
    }

    /** Whether a method is for the request's verb; one that is not is passed over. */
    static boolean takes(Method m, RequestImpl req) {
        String verb = req.getMethod();
        boolean any = !m.isAnnotationPresent(POST.class)
                && !m.isAnnotationPresent(GET.class)
                && !m.isAnnotationPresent(PUT.class)
                && !m.isAnnotationPresent(DELETE.class);
        return any
                || m.isAnnotationPresent(POST.class) && verb.equals("POST")
                || m.isAnnotationPresent(GET.class) && (verb.equals("GET") || verb.equals("HEAD"))
                || m.isAnnotationPresent(PUT.class) && verb.equals("PUT")
                || m.isAnnotationPresent(DELETE.class) && verb.equals("DELETE");
    }

    private static final Object DONE = new Object();

    private interface Step {
        Object get() throws IOException, ServletException;
    }

    /** What a step gives, or {@link #DONE} if it threw an answer. */
    private static Object answered(Step step, Object node, RequestImpl req, ResponseImpl rsp)
            throws IOException, ServletException {
        try {
            return step.get();
        } catch (RuntimeException e) {
            if (e instanceof HttpResponse answer) {
                answer.generateResponse(req, rsp, node);
                return DONE;
            }
            throw e;
        }
    }

    private static void invoke(Object node, Method m, RequestImpl req, ResponseImpl rsp)
            throws IOException, ServletException {
        if (m.isAnnotationPresent(org.kohsuke.stapler.interceptor.RequirePOST.class)
                && !req.getMethod().equals("POST")) {
            rsp.setHeader("Allow", "POST");
            ErrorPage.send(
                    req,
                    rsp,
                    StaplerResponse2.SC_METHOD_NOT_ALLOWED,
                    "This URL requires POST (" + req.getMethod() + ")");
            return;
        }
        Object[] args = answeredArguments(m, node, req, rsp);
        if (args == null) {
            return;
        }
        Object result = answered(() -> call(node, m, args), node, req, rsp);
        if (result instanceof HttpResponse answer) {
            answer.generateResponse(req, rsp, node);
        }
    }

    private static Object[] answeredArguments(Method m, Object node, RequestImpl req, ResponseImpl rsp)
            throws IOException, ServletException {
        Object args = answered(() -> WebMethods.arguments(m, req, rsp), node, req, rsp);
        return args == DONE ? null : (Object[]) args;
    }

    private static Object call(Object node, Method m, Object... args) throws IOException, ServletException {
        try {
            m.setAccessible(true);
            return m.invoke(node, args);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof HttpResponse answer && !(cause instanceof RuntimeException)) {
                // FormException and FormValidation are answers, too.
                return answer;
            }
            if (cause instanceof IOException x) {
                throw x;
            }
            if (cause instanceof ServletException x) {
                throw x;
            }
            if (cause instanceof RuntimeException x) {
                throw x;
            }
            if (cause instanceof Error x) {
                throw x;
            }
            throw new ServletException(cause);
        } catch (IllegalAccessException e) {
            throw new ServletException(e);
        }
    }
}
