package com.cloudbees.plugins.credentials.common;

/** Credentials with a name and a password. */
public interface UsernamePasswordCredentials extends UsernameCredentials, PasswordCredentials {}
