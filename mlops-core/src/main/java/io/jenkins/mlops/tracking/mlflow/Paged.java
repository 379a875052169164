package io.jenkins.mlops.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.registry.Page;
import io.jenkins.mlops.search.PageToken;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Gathers one page of an answer from the store's smaller ones, leaving out what the caller may not see. */
final class Paged<T> {
    private static final int STORE_PAGE = 1_000;
    /** Most pages of the store for one of the answer, so that a search through what is hidden ends. */
    private static final int MOST_PAGES = 100;

    private final List<T> items = new ArrayList<>();

    @CheckForNull
    private String next;

    private Paged() {}

    /**
     * Gathers a page.
     *
     * @param fields the request, with {@code page_token}
     * @param kind what is listed, so that a token of one list is refused by another
     * @param limit most items
     * @param store the store's pages
     * @param visible which items the caller sees
     */
    static <T> Paged<T> of(
            Fields fields, String kind, int limit, Function<Page.Request, Page<T>> store, Predicate<T> visible) {
        String query = kind + " " + fields.query();
        Paged<T> paged = new Paged<>();
        String token = PageToken.take(query, fields.text("page_token"));
        for (int i = 0; i < MOST_PAGES && paged.items.size() < limit; i++) {
            Page<T> page = store.apply(new Page.Request(Math.min(STORE_PAGE, limit - paged.items.size()), token));
            page.items().stream().filter(visible).forEach(paged.items::add);
            token = page.nextToken();
            if (token == null) {
                break;
            }
        }
        paged.next = PageToken.give(query, token);
        return paged;
    }

    List<T> items() {
        return items;
    }

    /** The most items that a request asks for. */
    static int limit(Fields fields, int otherwise, int most) {
        long asked = fields.number("max_results", otherwise);
        if (asked < 1 || asked > most) {
            throw MlflowException.invalid("Invalid value " + asked
                    + " for parameter 'max_results' supplied: It must be a positive integer no larger than " + most);
        }
        return (int) asked;
    }

    /** The answer. */
    Reply reply(String name, Function<T, JsonNode> item) {
        ObjectNode node = Wire.object();
        Wire.list(node, name, items, (list, value) -> list.add(item.apply(value)));
        Wire.put(node, "next_page_token", next);
        return Reply.of(node);
    }
}
