package io.jenkins.mlops.data.parquet;

/** The header of a page. */
final class PageHeader {
    static final int DATA = 0;
    static final int DICTIONARY = 2;
    static final int DATA_V2 = 3;

    int type = -1;
    int size = -1;
    int compressed = -1;
    boolean hasCrc;
    int crc;
    int values;
    int encoding;
    int levelEncoding = 3;

    // Of the second version of data pages: lengths of the levels, which are never compressed.
    int definitionBytes;
    int repetitionBytes;
    boolean isCompressed = true;

    /** How many bytes the header took. */
    int length;

    static PageHeader parse(byte[] data, int from, int to) throws DamagedException {
        ThriftReader in = new ThriftReader(data, from, to);
        PageHeader header = new PageHeader();
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1:
                    header.type = in.int32();
                    break;
                case 2:
                    header.size = in.int32();
                    break;
                case 3:
                    header.compressed = in.int32();
                    break;
                case 4:
                    header.hasCrc = true;
                    header.crc = (int) in.integer();
                    break;
                case 5, 7:
                    header.data(in, field == 5);
                    break;
                case 8:
                    header.dataV2(in);
                    break;
                default:
                    in.skip();
            }
        }
        header.length = in.position() - from;
        if (header.type < 0 || header.size < 0 || header.compressed < 0 || header.values < 0) {
            throw new DamagedException("a page without type or size");
        }
        return header;
    }

    private void data(ThriftReader in, boolean levels) throws DamagedException {
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            if (field == 1) {
                values = in.int32();
            } else if (field == 2) {
                encoding = in.int32();
            } else if (field == 3 && levels) {
                levelEncoding = in.int32();
            } else {
                in.skip();
            }
        }
    }

    private void dataV2(ThriftReader in) throws DamagedException {
        in.begin();
        for (int field = in.nextField(); field != 0; field = in.nextField()) {
            switch (field) {
                case 1:
                    values = in.int32();
                    break;
                case 4:
                    encoding = in.int32();
                    break;
                case 5:
                    definitionBytes = in.int32();
                    break;
                case 6:
                    repetitionBytes = in.int32();
                    break;
                case 7:
                    isCompressed = in.bool();
                    break;
                default:
                    in.skip();
            }
        }
    }
}
