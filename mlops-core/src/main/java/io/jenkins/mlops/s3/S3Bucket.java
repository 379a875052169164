package io.jenkins.mlops.s3;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.mlops.http.BoundedExchange;
import io.jenkins.mlops.http.LimitedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A bucket of an S3-compatible store, addressed by path ({@code endpoint/bucket}) as all of them understand it. */
public final class S3Bucket {
    /** The most objects that one listing reads. */
    public static final int MAX_OBJECTS = 1_000_000;

    /** The slowest transfer that is waited for. */
    private static final long BYTES_PER_SECOND = 128 << 10;

    /** What an answer may be longer than the object: it may be a message instead. */
    private static final int ERROR_BYTES = 64 << 10;

    private static final int MAX_PAGE_BYTES = 8 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    private final URI endpoint;
    private final String region;
    private final String name;

    @CheckForNull
    private final AccessKey key;

    private final Clock clock;
    private final Duration deadline;

    /**
     * @param endpoint scheme, host and port of the store, such as {@code https://s3.eu-central-1.amazonaws.com}
     * @param region the region that requests are signed for; {@code us-east-1} where the store knows none
     * @param name the bucket
     * @param key who asks; null to ask without a signature, for public buckets
     * @param clock what time it is, which a signature tells
     * @param deadline how long one request may take
     * @throws IllegalArgumentException if the endpoint or the bucket's name is none
     */
    public S3Bucket(
            URI endpoint, String region, String name, @CheckForNull AccessKey key, Clock clock, Duration deadline) {
        checkEndpoint(endpoint);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("expected the name of a bucket, found '" + name + "'");
        }
        this.endpoint = endpoint;
        this.region = region;
        this.name = name;
        this.key = key;
        this.clock = clock;
        this.deadline = deadline;
    }

    /**
     * Refuses what is no endpoint.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static void checkEndpoint(URI endpoint) {
        boolean http = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        if (!http || endpoint.getHost() == null || endpoint.getRawQuery() != null || endpoint.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "expected an endpoint such as https://s3.eu-central-1.amazonaws.com, found " + endpoint);
        }
    }

    /**
     * Lists the objects whose keys begin with the prefix, in the store's order.
     *
     * @throws S3Exception if the store refuses, answers garbage, or has more than {@value #MAX_OBJECTS} of them
     * @throws IOException if it does not answer in time
     */
    public void list(String prefix, Consumer<S3Object> each) throws IOException, InterruptedException {
        String next = null;
        long count = 0;
        do {
            S3Page page = page(prefix, next);
            count += page.objects().size();
            if (count > MAX_OBJECTS) {
                throw new S3Exception("more than " + MAX_OBJECTS + " objects under " + name + "/" + prefix
                        + ": name a longer prefix");
            }
            String following = page.next();
            if (following != null && (following.equals(next) || page.objects().isEmpty())) {
                throw new S3Exception("the store at " + BoundedExchange.origin(endpoint)
                        + " says that its listing goes on, and it does not");
            }
            page.objects().forEach(each);
            next = following;
        } while (next != null);
    }

    /** What became of the wish for an object. */
    public enum Fetched {
        /** It is there. */
        WHOLE,
        /** It was deleted since it was listed. */
        GONE,
        /** It was written anew since it was listed. */
        CHANGED
    }

    /**
     * Fetches an object as it was listed. The file is there with all of it, or not at all.
     *
     * @param target the file to write; one that is there is replaced
     * @throws S3Exception if the store refuses, or sends more or less than it listed
     * @throws IOException if it does not answer in time: the deadline, and a second for each {@value #BYTES_PER_SECOND}
     *     bytes
     */
    public Fetched fetch(S3Object object, Path target) throws IOException, InterruptedException {
        StringBuilder path = new StringBuilder();
        for (String segment : object.key().split("/", -1)) {
            path.append('/').append(SignatureV4.encode(segment));
        }
        URI address = URI.create(base() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
        if (!object.etag().isEmpty()) {
            request.header("If-Match", '"' + object.etag() + '"');
        }
        if (key != null) {
            sign(request, address, key);
        }
        Path part = Files.createTempFile(folder(target), "fetched", ".part");
        try {
            BoundedExchange.Answer answer;
            try (OutputStream out = Files.newOutputStream(part)) {
                Duration limit = deadline.plusSeconds(object.bytes() / BYTES_PER_SECOND);
                answer = new BoundedExchange(object.bytes() + ERROR_BYTES, limit)
                        .send(request.build(), LimitedBody.into(out));
            }
            if (answer.status() == 404 || answer.status() == 412) {
                return answer.status() == 404 ? Fetched.GONE : Fetched.CHANGED;
            }
            if (answer.status() != 200) {
                throw new S3Exception("the store at " + BoundedExchange.origin(endpoint) + " answered "
                        + answer.status() + " to the request for " + name + "/" + object.key()
                        + hint(answer.status(), "read"));
            }
            String etag = answer.header("ETag");
            if (etag != null && !etag.replace("\"", "").equals(object.etag())) {
                return Fetched.CHANGED; // a store that knows no If-Match
            }
            if (answer.bytes() != object.bytes()) {
                throw new S3Exception("the store at " + BoundedExchange.origin(endpoint) + " lists " + name + "/"
                        + object.key() + " with " + object.bytes() + " bytes and sent " + answer.bytes());
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Fetched.WHOLE;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("expected a file, found " + file);
        }
        return folder;
    }

    /** The bucket's address. */
    private String base() {
        String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority() + path + "/" + name;
    }

    private S3Page page(String prefix, @CheckForNull String token) throws IOException, InterruptedException {
        String query = (token == null ? "" : "continuation-token=" + SignatureV4.encode(token) + "&") + "list-type=2"
                + "&prefix=" + SignatureV4.encode(prefix);
        URI address = URI.create(base() + "?" + query);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET();
        if (key != null) {
            sign(request, address, key);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BoundedExchange.Answer answer =
                new BoundedExchange(MAX_PAGE_BYTES, deadline).send(request.build(), LimitedBody.into(body));
        if (answer.status() != 200) {
            throw new S3Exception("the store at " + BoundedExchange.origin(endpoint) + " answered " + answer.status()
                    + " to the listing of " + name + "/" + prefix + hint(answer.status(), "list"));
        }
        return S3Page.parse(body.toByteArray());
    }

    private void sign(HttpRequest.Builder request, URI address, AccessKey who) {
        Instant now = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", address.getRawAuthority());
        headers.put("x-amz-content-sha256", SignatureV4.EMPTY_PAYLOAD);
        headers.put("x-amz-date", SignatureV4.amzDate(now));
        String authorization = new SignatureV4(region, "s3")
                .authorization(who, "GET", address, headers, SignatureV4.EMPTY_PAYLOAD, now);
        request.header("x-amz-content-sha256", SignatureV4.EMPTY_PAYLOAD)
                .header("x-amz-date", headers.get("x-amz-date"))
                .header("Authorization", authorization);
    }

    private static String hint(int status, String wish) {
        return switch (status) {
            case 301, 307 -> ": the bucket is in another region; name that region and its endpoint";
            case 401, 403 -> ": check the credentials, their right to " + wish + " it, the region and this clock";
            case 404 -> ": there is no such bucket";
            default -> "";
        };
    }
}
