import protobuf from 'protobufjs/light.js';

/**
 * The part of onnx.proto (IR version 8) that Stateside writes. Field numbers and enum values are the standard's:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const root = protobuf.Root.fromJSON({
  nested: {
    ModelProto: {
      fields: {
        ir_version: { id: 1, type: 'int64' },
        producer_name: { id: 2, type: 'string' },
        producer_version: { id: 3, type: 'string' },
        doc_string: { id: 6, type: 'string' },
        graph: { id: 7, type: 'GraphProto' },
        opset_import: { id: 8, rule: 'repeated', type: 'OperatorSetIdProto' },
      },
    },
    OperatorSetIdProto: { fields: { domain: { id: 1, type: 'string' }, version: { id: 2, type: 'int64' } } },
    GraphProto: {
      fields: {
        node: { id: 1, rule: 'repeated', type: 'NodeProto' },
        name: { id: 2, type: 'string' },
        initializer: { id: 5, rule: 'repeated', type: 'TensorProto' },
        input: { id: 11, rule: 'repeated', type: 'ValueInfoProto' },
        output: { id: 12, rule: 'repeated', type: 'ValueInfoProto' },
      },
    },
    NodeProto: {
      fields: {
        input: { id: 1, rule: 'repeated', type: 'string' },
        output: { id: 2, rule: 'repeated', type: 'string' },
        name: { id: 3, type: 'string' },
        op_type: { id: 4, type: 'string' },
        attribute: { id: 5, rule: 'repeated', type: 'AttributeProto' },
        domain: { id: 7, type: 'string' },
      },
    },
    AttributeProto: {
      fields: {
        name: { id: 1, type: 'string' },
        f: { id: 2, type: 'float' },
        i: { id: 3, type: 'int64' },
        s: { id: 4, type: 'bytes' },
        g: { id: 6, type: 'GraphProto' },
        floats: { id: 7, rule: 'repeated', type: 'float' },
        strings: { id: 9, rule: 'repeated', type: 'bytes' },
        ints: { id: 8, rule: 'repeated', type: 'int64' },
        type: { id: 20, type: 'int32' },
      },
    },
    TensorProto: {
      fields: {
        dims: { id: 1, rule: 'repeated', type: 'int64' },
        data_type: { id: 2, type: 'int32' },
        name: { id: 8, type: 'string' },
        raw_data: { id: 9, type: 'bytes' },
        external_data: { id: 13, rule: 'repeated', type: 'StringStringEntryProto' },
        data_location: { id: 14, type: 'int32' },
      },
    },
    StringStringEntryProto: { fields: { key: { id: 1, type: 'string' }, value: { id: 2, type: 'string' } } },
    ValueInfoProto: { fields: { name: { id: 1, type: 'string' }, type: { id: 2, type: 'TypeProto' } } },
    TypeProto: {
      fields: { tensor_type: { id: 1, type: 'Tensor' } },
      nested: {
        Tensor: {
          fields: { elem_type: { id: 1, type: 'int32' }, shape: { id: 2, type: 'TensorShapeProto' } },
        },
      },
    },
    TensorShapeProto: {
      fields: { dim: { id: 1, rule: 'repeated', type: 'Dimension' } },
      nested: {
        Dimension: { fields: { dim_value: { id: 1, type: 'int64' }, dim_param: { id: 2, type: 'string' } } },
      },
    },
  },
});

/** Encodes a ModelProto. */
export const OnnxModel = root.lookupType('ModelProto');

/** TensorProto.DataType, the two types Stateside writes. */
export const DATA_TYPE = { float32: 1, int64: 7 } as const;

/** AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPE = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;
