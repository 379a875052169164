package io.jenkins.mlops.s3;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of a listing, {@code ListBucketResult} of ListObjectsV2.
 *
 * @param objects the page's objects, in the store's order
 * @param next the token of the next page; null on the last
 */
record S3Page(List<S3Object> objects, @CheckForNull String next) {
    private static final int MAX_OBJECTS = 10_000;

    /** Classes whose objects can't be read as they are; GLACIER_IR's can. */
    private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

    S3Page {
        objects = Collections.unmodifiableList(new ArrayList<>(objects));
    }

    /**
     * Reads a page.
     *
     * @throws S3Exception if it is not XML, has a document type, or is no listing
     */
    static S3Page parse(byte[] xml) throws S3Exception {
        try {
            return new Reader(factory().createXMLStreamReader(new ByteArrayInputStream(xml))).page();
        } catch (XMLStreamException | NumberFormatException x) {
            throw new S3Exception(
                    "expected a listing of a bucket in XML, found something else; does an S3-compatible store answer"
                            + " at this address?",
                    x);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // No document type, so no entity: neither one that calls elsewhere nor one that grows.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    private static final class Reader {
        private final XMLStreamReader xml;
        private final List<S3Object> objects = new ArrayList<>();
        private String next;
        private boolean truncated;

        Reader(XMLStreamReader xml) {
            this.xml = xml;
        }

        S3Page page() throws XMLStreamException, S3Exception {
            xml.nextTag();
            if (!xml.getLocalName().equals("ListBucketResult")) {
                throw new S3Exception("expected ListBucketResult, found " + xml.getLocalName()
                        + "; does an S3-compatible store answer at this address?");
            }
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new S3Exception("a listing with a document type is not read");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "Contents" -> contents();
                        case "IsTruncated" ->
                            truncated = xml.getElementText().trim().equals("true");
                        case "NextContinuationToken" -> next = xml.getElementText();
                        default -> skip();
                    }
                }
            }
            if (truncated && (next == null || next.isEmpty())) {
                throw new S3Exception("a listing says that it goes on, but not where");
            }
            return new S3Page(objects, truncated ? next : null);
        }

        private void contents() throws XMLStreamException, S3Exception {
            String key = null;
            String etag = "";
            long bytes = -1;
            long stored = 0;
            boolean archived = false;
            while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "Key" -> key = xml.getElementText();
                    case "ETag" -> etag = xml.getElementText().replace("\"", "").trim();
                    case "Size" -> bytes = Long.parseLong(xml.getElementText().trim());
                    case "LastModified" -> stored = millis(xml.getElementText().trim());
                    case "StorageClass" ->
                        archived = ARCHIVES.contains(xml.getElementText().trim());
                    default -> skip();
                }
            }
            if (key == null || bytes < 0) {
                throw new S3Exception("a listing has an object without key or size");
            }
            if (objects.size() >= MAX_OBJECTS) {
                throw new S3Exception("a page of a listing has more than " + MAX_OBJECTS + " objects");
            }
            objects.add(new S3Object(key, etag, bytes, stored, archived));
        }

        private static long millis(String time) throws S3Exception {
            try {
                return Math.max(0, Instant.parse(time).toEpochMilli());
            } catch (DateTimeParseException | ArithmeticException x) {
                throw new S3Exception("a listing has an object of no time: '" + time + "'", x);
            }
        }

        private void skip() throws XMLStreamException {
            for (int depth = 1; depth > 0; ) {
                int event = xml.next();
                depth += event == XMLStreamConstants.START_ELEMENT
                        ? 1
                        : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
            }
        }
    }
}
