package io.jenkins.plugins.mlops.registry.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.mlops.registry.MlopsPermissions;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Holds the description of the REST API against the web methods, by reflection. */
@WithJenkins
class OpenApiTest {
    private static final Map<Class<?>, String> PLACES = Map.of(
            MlopsRootAction.class, "/",
            MlopsRootAction.ModelsResource.class, "/models/",
            ModelResource.class, "/models/{name}/",
            MlopsRootAction.PromotionsResource.class, "/promotions/",
            PromotionResource.class, "/promotions/{id}/",
            LedgerResource.class, "/ledger/",
            RemoteResource.class, "/remote/");

    private static JSONObject described() throws Exception {
        try (InputStream in = MlopsRootAction.class.getResourceAsStream("openapi.json")) {
            return JSONObject.fromObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Verb, path and parameters of each web method. */
    private static Map<String, Set<String>> offered() {
        Map<String, Set<String>> offered = new TreeMap<>();
        PLACES.forEach((type, place) -> {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().matches("do[A-Z].*") && !method.isSynthetic()) {
                    WebMethod named = method.getAnnotation(WebMethod.class);
                    String verb = method.isAnnotationPresent(RequirePOST.class) ? "post" : "get";
                    offered.put(
                            verb + " " + place + (named == null ? "" : named.name()[0]),
                            Arrays.stream(method.getParameters())
                                    .filter(parameter -> parameter.isAnnotationPresent(QueryParameter.class))
                                    .map(parameter -> parameter.getName())
                                    .collect(Collectors.toCollection(TreeSet::new)));
                }
            }
        });
        return offered;
    }

    @Test
    void describesEveryCallWithItsParametersAndNoOther() throws Exception {
        Map<String, Set<String>> told = new TreeMap<>();
        JSONObject paths = described().getJSONObject("paths");
        for (Object path : paths.keySet()) {
            JSONObject verbs = paths.getJSONObject((String) path);
            for (Object verb : verbs.keySet()) {
                JSONObject call = verbs.getJSONObject((String) verb);
                Set<String> parameters = new TreeSet<>();
                if (call.has("parameters")) {
                    for (Object parameter : call.getJSONArray("parameters")) {
                        JSONObject one = (JSONObject) parameter;
                        if (one.getString("in").equals("query")) {
                            parameters.add(one.getString("name"));
                        }
                    }
                }
                String form = "application/x-www-form-urlencoded";
                if (call.has("requestBody")
                        && call.getJSONObject("requestBody")
                                .getJSONObject("content")
                                .has(form)) {
                    for (Object name : call.getJSONObject("requestBody")
                            .getJSONObject("content")
                            .getJSONObject(form)
                            .getJSONObject("schema")
                            .getJSONObject("properties")
                            .keySet()) {
                        parameters.add((String) name);
                    }
                }
                told.put(verb + " " + path, parameters);
            }
        }

        assertThat(told).isEqualTo(offered());
    }

    @Test
    void thePageOfTheApiNamesEveryCall() throws Exception {
        try (InputStream in = MlopsRootAction.class.getResourceAsStream("MlopsRootAction/_api.jelly")) {
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String call : offered().keySet()) {
                String[] parts = call.split(" /", 2);
                assertThat(page)
                        .contains("<code>" + parts[0].toUpperCase(java.util.Locale.ROOT) + " " + parts[1] + "<");
            }
        }
    }

    @Test
    void isServed(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "user", MlopsPermissions.VIEW);
        WebResponse answer = RegistryFixture.get(j, "reader", "mlops/openapi.json");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        assertThat(answer.getContentType()).isEqualTo("application/json");
        assertThat(JSONObject.fromObject(answer.getContentAsString()).getString("openapi"))
                .startsWith("3.1");
    }

    @Test
    void jenkinsOwnApiSaysWhereToGoOn(JenkinsRule j) throws Exception {
        RegistryFixture.secure(j, "user", MlopsPermissions.VIEW);
        WebResponse answer = RegistryFixture.get(j, "user", "mlops/api/json");

        assertThat(answer.getStatusCode()).isEqualTo(200);
        JSONObject addresses =
                JSONObject.fromObject(answer.getContentAsString()).getJSONObject("addresses");
        for (String part : List.of("openapi", "models", "promotions", "endpoints", "ledger")) {
            String root = j.getURL().toString();
            String address = addresses.getString(part);
            assertThat(address).startsWith(root + "mlops/" + part);
            String path = address.substring(root.length());
            assertThat(RegistryFixture.get(j, "user", path).getStatusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(addresses.size()).isEqualTo(5);
    }
}
