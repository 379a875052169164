/** HTTP requests whose answers are taken within limits. */
package io.jenkins.mlops.http;
