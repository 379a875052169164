package io.jenkins.mlops.http;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Says for people why no connection came about, and what to do about it. */
public final class ConnectFailure {
    private static final String TRUST =
            "the trust store of the Java that runs Jenkins (keytool -importcert, or" + " -Djavax.net.ssl.trustStore)";

    private ConnectFailure() {}

    /** One line, without a stop at its end. */
    public static String reason(Throwable failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return "its host's name is unknown here; correct the URL or the name service";
        }
        if (has(failure, CertificateExpiredException.class)) {
            return "its TLS certificate has expired; have it renewed";
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return "its TLS certificate is not valid yet; compare the clocks";
        }
        if (has(failure, SSLException.class)) {
            return tls(failure);
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return "no connection came about in time; does a firewall drop it, or is it no TLS port?";
        }
        if (has(failure, ConnectException.class)) {
            return "nothing answers there (connection refused); is it running, and the port right?";
        }
        return text(failure);
    }

    private static String tls(Throwable failure) {
        String text = deepest(failure);
        if (text.contains("No subject alternative") || text.contains("No name matching")) {
            return "its TLS certificate is for another host (" + text + "); use the name that the certificate has";
        }
        if (text.contains("unable to find valid certification path")
                || has(failure, CertPathValidatorException.class)) {
            return "its TLS certificate is signed by nobody whom Jenkins trusts; add the authority's certificate, or"
                    + " that of the server, to " + TRUST;
        }
        if (text.contains("SSL message")) {
            return "it speaks no TLS on this port; write http instead of https, or name the TLS port";
        }
        return "TLS failed: " + text;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable inner = failure; inner != null; inner = inner.getCause()) {
            if (type.isInstance(inner)) {
                return true;
            }
        }
        return false;
    }

    private static String deepest(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return text(inner);
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.replaceAll("\\p{C}", "?");
    }
}
