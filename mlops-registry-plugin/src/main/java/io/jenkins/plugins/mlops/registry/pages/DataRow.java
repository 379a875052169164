package io.jenkins.plugins.mlops.registry.pages;

/** One dataset's line. */
public record DataRow(String name, String digest) {
    public String getName() {
        return name;
    }

    public String getDigest() {
        return digest;
    }

    public String getUrl() {
        return Links.digest(digest);
    }
}
