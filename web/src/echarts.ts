// The parts of ECharts in use; the bundler leaves the rest out.
import { BarChart, HeatmapChart, LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { BarSeriesOption, HeatmapSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, TooltipComponentOption, VisualMapComponentOption } from "echarts/components";
import type { ComposeOption, ECharts } from "echarts/core";

use([BarChart, GridComponent, HeatmapChart, LabelLayout, LineChart, MarkLineComponent, SVGRenderer, TooltipComponent, VisualMapComponent]);

export { init };
export type { ECharts, BarSeriesOption, LineSeriesOption };
export type ChartOption = ComposeOption<
  BarSeriesOption | GridComponentOption | HeatmapSeriesOption | LineSeriesOption | TooltipComponentOption | VisualMapComponentOption
>;
