package io.jenkins.plugins.mlops.registry.pages;

/** One file's line. */
public record FileRow(String path, String bytes, String sha256) {
    public String getPath() {
        return path;
    }

    public String getBytes() {
        return bytes;
    }

    public String getSha256() {
        return sha256;
    }

    public String getUrl() {
        return Links.digest("sha256:" + sha256);
    }
}
