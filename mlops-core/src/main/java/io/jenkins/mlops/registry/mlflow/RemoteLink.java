package io.jenkins.mlops.registry.mlflow;

import java.io.Serializable;

/**
 * Which version of the registry is which at the server.
 *
 * @param model the model's name, the same at both
 * @param number the version's number in the registry
 * @param remoteNumber its number at the server
 * @param runId the run there that holds its files; empty for none
 */
public record RemoteLink(String model, int number, int remoteNumber, String runId) implements Serializable {}
